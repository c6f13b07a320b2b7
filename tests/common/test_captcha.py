import hashlib
import re
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import Mock
from urllib.error import URLError

import pytest
import time_machine
from django import forms
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone, translation

from common import captcha, proof_of_work
from common.captcha import GuardedForm, guarded
from common.google_captcha import last_fault
from common.numbers import local_digits
from tests.fakes.google import SECRET, TICKED, GoogleServer

OFF = SimpleNamespace(captcha="off", captcha_public_key="", captcha_private_key="")
WORK = SimpleNamespace(captcha="pow", captcha_public_key="", captcha_private_key="")
GOOGLE = SimpleNamespace(captcha="google", captcha_public_key="site", captcha_private_key=SECRET)


class Question(GuardedForm):
    subject = forms.CharField()


@pytest.fixture(autouse=True)
def quick(settings):
    cache.clear()
    settings.FORM_LEAST_SECONDS = 2
    settings.PROOF_OF_WORK_BITS = 6


def opened(seconds_ago=10):
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds_ago)):
        return captcha._signer().sign("form")


def question(store=OFF, **data):
    return Question({"subject": "x", "guard_opened": opened(), **data}, store=store, remote_ip="1.2.3.4")


def worked(challenge):
    counter = 0
    while int.from_bytes(hashlib.sha256(f"{challenge.nonce}:{counter}".encode()).digest(), "big") >> (256 - challenge.bits):
        counter += 1
    return {"captcha_token": challenge.token, "captcha_counter": str(counter)}


def answer_to(asked):
    words = [str(word) for word in proof_of_work.NUMBER_WORDS]
    return sum(words.index(word) + 1 for word in asked.rstrip("?").split() if word in words)


def test_without_a_captcha_a_person_notices_nothing():
    assert question().is_valid()
    assert not question().has_captcha


def test_a_program_that_fills_in_everything_is_refused():
    form = question(guard_address="https://spam.example")
    assert not form.is_valid()
    assert form.non_field_errors() == [str(captcha.TRAPPED)]


@pytest.mark.parametrize("moment", ["", "x", "form:1:x", "é", None, "form:" + "9" * 300])
def test_a_form_that_was_never_opened_is_refused(moment):
    form = question(guard_opened=moment)
    assert not form.is_valid()
    assert form.non_field_errors() == [str(captcha.OPEN_TOO_LONG)]


def test_a_form_sent_within_a_blink_is_asked_to_be_sent_again_and_then_is_taken():
    form = question(guard_opened=(moment := opened(0)))
    assert form.non_field_errors() == [str(captcha.TOO_QUICK)]
    assert moment in str(form["guard"])
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        assert question(guard_opened=moment).is_valid()


def test_a_form_open_for_days_comes_back_with_a_new_moment():
    form = question(guard_opened=(moment := opened(3 * 86_400)))
    assert not form.is_valid()
    assert moment not in str(form["guard"])


def test_the_stopwatch_can_be_stopped(settings):
    settings.FORM_LEAST_SECONDS = 0
    assert Question({"subject": "x"}, store=OFF).is_valid()


def test_work_done_is_good_once():
    data = worked(proof_of_work.new_challenge())
    assert question(WORK, **data).is_valid()
    again = question(WORK, **data)
    assert not again.is_valid()
    assert again.errors["captcha"] == [str(captcha.NOT_SOLVED)]


@pytest.mark.parametrize(
    "data",
    [{}, {"captcha_counter": "1"}, {"captcha_token": "x", "captcha_counter": "1"}, {"captcha_token": "é\x00", "captcha_answer": "7"}],
)
def test_without_work_nothing_passes(data):
    assert not question(WORK, **data).is_valid()


@pytest.mark.parametrize("counter", ["", "-1", "1e3", "۱", "9" * 16, "x", "1\n"])
def test_a_wrong_counter_is_no_work(counter, settings):
    settings.PROOF_OF_WORK_BITS = 60
    challenge = proof_of_work.new_challenge()
    assert not proof_of_work.is_solved(challenge.token, counter)


def test_an_old_challenge_is_no_longer_good():
    data = worked(proof_of_work.new_challenge())
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert not question(WORK, guard_opened=opened(), **data).is_valid()


@pytest.mark.parametrize("language", ["en", "fa", "pl", "ru"])
def test_without_javascript_a_question_in_words_does(language):
    with translation.override(language):
        challenge = proof_of_work.new_challenge()
        typed = local_digits(answer_to(challenge.question), "fa")
        assert not question(WORK, captcha_token=challenge.token, captcha_answer="99").is_valid()
        assert question(WORK, captcha_token=challenge.token, captcha_answer=f" {typed} ").is_valid()


def test_a_mistake_elsewhere_does_not_use_up_the_work():
    data = worked(proof_of_work.new_challenge())
    assert not question(WORK, subject="", **data).is_valid()
    assert question(WORK, **data).is_valid()


def test_the_page_holds_the_challenge_the_question_and_no_inline_script():
    form = Question(store=WORK)
    html = str(form["captcha"]) + str(form["guard"])
    assert '<proof-of-work challenge="' in html
    assert ' nonce="' not in html  # browsers empty that attribute on pages with a content policy
    assert "<noscript>" in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert " on" not in re.sub(r">[^<]*<", "><", html)
    assert form.has_captcha
    assert form["guard"].is_hidden


def test_google_without_both_keys_is_off():
    assert not Question(store=SimpleNamespace(captcha="google", captcha_public_key="site", captcha_private_key="")).has_captcha


def test_google_is_asked_with_the_true_address(google):
    assert question(GOOGLE, **{"g-recaptcha-response": TICKED}).is_valid()
    assert google.asked == [{"response": TICKED, "secret": SECRET, "remoteip": "1.2.3.4"}]


def test_what_google_refuses_is_refused(google):
    assert "did not accept" in question(GOOGLE, **{"g-recaptcha-response": "x"}).errors["captcha"][0]
    assert "tick the box" in question(GOOGLE).errors["captcha"][0]


@pytest.fixture
def google(monkeypatch):
    with GoogleServer() as server:
        monkeypatch.setattr("django_recaptcha.client.recaptcha_request", server.request)
        yield server


@pytest.fixture(params=["unreachable", "refused", "slow", "broken", "odd", "wrong keys"])
def away(request, monkeypatch, google, settings):
    """Google cannot be asked, in one of six ways. Gives the store's keys, and what is remembered of it."""
    settings.RECAPTCHA_VERIFY_REQUEST_TIMEOUT = 0.05 if request.param == "slow" else 3
    if request.param in {"unreachable", "refused"}:
        fault = URLError("no such name") if request.param == "unreachable" else ConnectionResetError()
        monkeypatch.setattr("django_recaptcha.client.recaptcha_request", Mock(side_effect=fault))
    google.mode, google.delay = request.param, 0.2
    keys = {"captcha_public_key": "site", "captcha_private_key": "mistyped" if request.param == "wrong keys" else SECRET}
    why = {"slow": "slow", "odd": "odd", "wrong keys": "wrong_keys"}.get(request.param, "unreachable")
    return keys, why


def sent_with(away, choice, **data):
    keys, _why = away
    store = SimpleNamespace(captcha="google", without_google=choice, **keys)
    return question(store, **({"g-recaptcha-response": TICKED} | data))


def test_without_google_our_own_work_is_asked_and_nothing_typed_is_lost(away):
    form = sent_with(away, "work")

    assert not form.is_valid()
    assert "send it once more" in form.errors["captcha"][0]
    assert "<proof-of-work" in str(form["captcha"])
    assert 'value="x"' in str(form["subject"])
    assert not hasattr(guarded(HttpResponse(), form), "_csp_update")
    assert sent_with(away, "work", **worked(proof_of_work.new_challenge())).is_valid()
    assert last_fault()[0] == away[1]


def test_without_google_the_request_is_let_through_where_the_owner_chose_that(away):
    assert sent_with(away, "accept").is_valid()


def test_without_google_the_request_is_refused_where_the_owner_chose_that(away):
    form = sent_with(away, "refuse", **worked(proof_of_work.new_challenge()))

    assert "Google cannot be asked" in form.errors["captcha"][0]


@pytest.mark.parametrize("choice", ["work", "accept"])
def test_a_browser_that_cannot_load_googles_script_asks_for_the_other_way(google, choice):
    store = SimpleNamespace(captcha="google", without_google=choice, captcha_public_key="site", captcha_private_key=SECRET)

    assert "captcha_other_way" in str(Question(store=store)["captcha"])
    asked = question(store, captcha_other_way="1")
    assert "other way" in asked.errors["captcha"][0]
    assert "<proof-of-work" in str(asked["captcha"])
    assert not question(store, captcha_token="made up", captcha_answer="7").is_valid()
    assert question(store, **worked(proof_of_work.new_challenge())).is_valid()
    assert google.asked == []


def test_there_is_no_other_way_where_the_owner_insists_on_google():
    store = SimpleNamespace(captcha="google", without_google="refuse", captcha_public_key="site", captcha_private_key=SECRET)

    assert "captcha_other_way" not in str(Question(store=store)["captcha"])
    assert "tick the box" in question(store, captcha_other_way="1").errors["captcha"][0]


def test_googles_box_is_drawn_without_inline_script_and_its_page_may_load_it():
    form = Question(store=GOOGLE)
    html = str(form["captcha"])
    assert 'data-sitekey="site"' in html
    assert SECRET not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert "https://www.gstatic.com/recaptcha/" in guarded(HttpResponse(), form)._csp_update["script-src"]
    assert not hasattr(guarded(HttpResponse(), Question(store=WORK)), "_csp_update")


def test_a_dead_cache_lets_work_count(monkeypatch):
    class Dead:
        def add(self, *args):
            raise ConnectionError

    monkeypatch.setattr(proof_of_work, "cache", Dead())
    assert question(WORK, **worked(proof_of_work.new_challenge())).is_valid()
