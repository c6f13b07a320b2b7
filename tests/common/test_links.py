from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from common.links import LinkExpired, LinkInvalid, make_link_token, read_link_token


def test_a_token_brings_its_value_back():
    assert read_link_token("survey", make_link_token("survey", 42), days=1) == 42
    assert read_link_token("survey", make_link_token("survey", {"a": ["سلام"]}), days=1) == {"a": ["سلام"]}


def test_a_token_of_one_purpose_is_nothing_to_another():
    with pytest.raises(LinkInvalid):
        read_link_token("ticket", make_link_token("survey", 42), days=1)


@pytest.mark.parametrize("token", ["", " ", None, 42, b"x", "x", "a:b:c", ":", "::", "é" * 30, "x" * 5000, "\x00"])
def test_what_we_never_made_is_refused(token):
    with pytest.raises(LinkInvalid) as refusal:
        read_link_token("survey", token, days=1)
    assert refusal.value.status_code == 404


def test_a_token_with_any_letter_altered_is_refused():
    token = make_link_token("survey", 42)
    for place, letter in enumerate(token):
        altered = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        with pytest.raises((LinkInvalid, LinkExpired)):
            read_link_token("survey", altered, days=1)
    for altered in (token[:-1], token + "A", token + " ", token.upper()):
        with pytest.raises(LinkInvalid):
            read_link_token("survey", altered, days=1)


def test_a_token_ends_after_its_days():
    token = make_link_token("survey", 42)
    with time_machine.travel(timezone.now() + timedelta(days=59)):
        assert read_link_token("survey", token, days=60) == 42
    with time_machine.travel(timezone.now() + timedelta(days=61)), pytest.raises(LinkExpired) as refusal:
        read_link_token("survey", token, days=60)
    assert refusal.value.status_code == 410


def test_a_change_of_the_secret_key_ends_all_links_but_not_while_it_is_a_fallback(settings):
    token, old = make_link_token("survey", 42), settings.SECRET_KEY
    settings.SECRET_KEY = "another key"
    with pytest.raises(LinkInvalid):
        read_link_token("survey", token, days=1)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read_link_token("survey", token, days=1) == 42
