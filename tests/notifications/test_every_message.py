"""Every message there is, in every language: it can be written, and it is fit to be read on a phone."""

import re

import pytest

from notifications.choices import Template
from notifications.models import Delivery
from scripts.message_samples import IN_THE_BELL, samples, variants
from stores.models import Store
from tests.make import make_department

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "fa", "pl", "ru"]
#: What a mail program shows of a subject on a wide screen.
SUBJECT = 78
MOST_PARTS = 3
_REMOTE = re.compile(r"<(?:img|link|script|iframe|object|embed|video|audio|source)\b|url\(|@import|\ssrc=", re.IGNORECASE)
_OPENING = re.compile(r"<(html|body|div|p)\b([^>]*)>")


@pytest.fixture
def store(db):
    make_department("Repairs")
    return Store.objects.default()


def test_no_message_is_missing():
    assert {template for _name, template, *_rest in variants()} == set(Template) - IN_THE_BELL


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_sent_in_every_language(store, language):
    written = samples(store, language)

    assert [sample.name for sample in written] == [name for name, *_rest in variants()]
    for sample in written:
        assert sample.subject and "\n" not in sample.subject and len(sample.subject) <= SUBJECT, (sample.name, sample.subject)
        assert len(sample.text.splitlines()) > 3, sample.name
        assert sample.length.parts <= MOST_PARTS, (sample.name, sample.sms)
    assert not Delivery.objects.exists(), "samples are never stored"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_loads_anything_and_all_of_it_runs_the_readers_way(store, language):
    direction = "rtl" if language == "fa" else "ltr"
    for sample in samples(store, language):
        assert not _REMOTE.search(sample.html), sample.name
        assert f'<html lang="{language}" dir="{direction}">' in sample.html
        # People's own words find their way by themselves; everything of ours says it, for programs that forget the frame around it.
        ours = re.sub(r'<div dir="auto".*?</div>', "", sample.html, flags=re.DOTALL)
        undirected = [tag for tag, attributes in _OPENING.findall(ours) if f'dir="{direction}"' not in attributes]
        assert undirected == [], sample.name
        assert "{" not in re.sub(r"<style>.*?</style>|\{\{.*?\}\}", "", sample.html, flags=re.DOTALL), f"{sample.name}: a variable was left"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_mail_says_what_its_button_leads_to(store, language):
    """Whoever reads plain text loses nothing: every address of the HTML stands in the text."""
    for sample in samples(store, language):
        addresses = {address.replace("&amp;", "&") for address in re.findall(r'href="(http[^"]+)"', sample.html)}
        missing = {address for address in addresses if address not in sample.text}
        assert not missing, (sample.name, missing)
