"""Every mail of the product, in every language: two parts, the right direction, both looks, nothing loaded from anywhere, one line of subject."""

import re

import pytest
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from notifications.about import ABOUT
from notifications.mail_styles import dress
from notifications.models import MailSignature
from notifications.samples import show
from notifications.signatures import save_signature
from notifications.texts import event_text
from tests.make import make_staff
from tests.notifications.test_mails import html_of, reply_in, sent, text_of, thanks_for

pytestmark = pytest.mark.django_db
REMOTE = re.compile(
    r"<(?:img|link|script|iframe|object|embed|video|audio|source|form|base)\b|url\(|@import|@font-face|\b(?:src|srcset|background|poster)="
)


@pytest.fixture
def store(support):
    return support.stores.get()


@pytest.mark.parametrize("language", Language.values)
def test_every_mail_is_whole_in_every_language(store, language):
    MailSignature.objects.create(store=store, text=LazyI18nString({language: "{author}\n{store}"}))
    for template in ABOUT:
        shown = show(template, event_text(store, template), language=language, store=store)
        html, direction = dress(shown.whole, language, store), "rtl" if language == "fa" else "ltr"
        assert not REMOTE.search(html), template
        assert f'<html lang="{language}" dir="{direction}">' in html and f'<body dir="{direction}"' in html
        assert "prefers-color-scheme:dark" in html and 'content="light dark"' in html
        assert len(shown.subject.splitlines()) == 1 and shown.plain.strip() and 'class="m-' in html
        assert all("style=" in tag for tag in re.findall(r'<[a-z]+ [^>]*class="m-[^>]*>', html)), template


def test_a_signature_stands_under_answers_alone_in_the_departments_words_else_the_stores(support, alice, store):
    save_signature(store, {"en": "{author}\n{store}, since 1998 <b>", "pl": "Pozdrawiamy"}, by=alice)
    ticket, thanks = thanks_for()
    answer = sent(reply_in(ticket, "Try this.", alice))
    assert "-- \nAlice\nNarvan, since 1998 <b>\n\nNarvan\n" in text_of(answer)
    assert "Alice<br>Narvan, since 1998 &lt;b&gt;</p>" in html_of(answer)
    assert "since 1998" not in text_of(sent(thanks))

    save_signature(store, {"en": "The workshop"}, department=support, by=alice)
    assert "-- \nThe workshop\n" in text_of(sent(reply_in(ticket, "Or that.", alice)))
    save_signature(store, {}, department=support, by=alice)
    assert "since 1998" in text_of(sent(reply_in(ticket, "Or this.", alice)))


def test_a_signature_fills_in_what_it_may_and_nothing_else(support, alice, store):
    save_signature(store, {"en": "{{ settings.SECRET_KEY }} {email} {0.__class__} %(x)s {% debug %} {department}"}, by=alice)
    ticket, _thanks = thanks_for()
    text = text_of(sent(reply_in(ticket, "Try this.", alice)))
    assert "{{ settings.SECRET_KEY }} {email} {0.__class__} %(x)s {% debug %} Support" in text


def test_a_customer_reads_the_signature_in_their_language(support, alice, store):
    save_signature(store, {"en": "Kind regards", "fa": "با احترام\n{author}"}, by=alice)
    nour = make_staff("نرگس", support)
    ticket, _thanks = thanks_for("آسیاب", language="fa")
    html = html_of(sent(reply_in(ticket, "سلام", nour)))
    assert '<p dir="rtl" class="m-small"' in html and "با احترام<br>نرگس" in html
