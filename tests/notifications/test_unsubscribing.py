"""Stopping what belongs to no request: one click, by mail programs too, and never more than was meant (RFC 8058)."""

import re

import pytest
import time_machine
from django.test import Client

from notifications import addresses, engine
from notifications.choices import Mailing, Reason, State
from notifications.mail import build
from notifications.models import Delivery
from notifications.unsubscribing import token_for
from tests.make import fresh, make_store
from tests.notifications.sending import reply_to
from tests.notifications.test_mails import sent
from tickets.services.lifecycle import close_ticket

pytestmark = pytest.mark.django_db
KASIA = "kasia@mail.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def store(support):
    return support.stores.get()


@pytest.fixture
def survey(support, alice):
    delivery = reply_to(support, alice, email=KASIA)
    Delivery.objects.filter(pk=delivery.pk).update(template="survey", context={"path": "/survey/x/"})
    close_ticket(delivery.ticket, by=alice)
    return Delivery.objects.for_sending().get(pk=delivery.pk)


def has_stopped(store, address=KASIA):
    return addresses.has_stopped(address, store, Mailing.SURVEY)


def address_of(store, address=KASIA):
    return f"/unsubscribe/{token_for(store, address, Mailing.SURVEY, 'en')}/"


def test_a_mailing_carries_its_way_out_and_an_answer_carries_none(survey, support, alice):
    mail = sent(survey)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"\s*<http://127\.0\.0\.1:\d+/unsubscribe/[^<>\s]+/>", mail["List-Unsubscribe"])
    for kind in ("plain", "html"):
        assert re.search(r"http://127\.0\.0\.1:\d+/unsubscribe/[\w:.-]+/", mail.get_body([kind]).get_content())
    answer = reply_to(support, alice, email="nour@mail.example")
    assert "/unsubscribe/" not in sent(answer).get_body(["plain"]).get_content()
    assert sent(answer)["List-Unsubscribe"] is None


def test_a_mail_program_stops_it_without_cookies_in_one_step(survey, store):
    link = sent(survey)["List-Unsubscribe"].strip(" <>")
    program = Client(enforce_csrf_checks=True)
    answer = program.post(re.sub(r"^http://[^/]+", "", link), ONE_CLICK)

    assert answer.status_code == 200 and not answer.cookies.get("sessionid") and has_stopped(store)
    engine.deliver(survey.pk)
    assert (fresh(survey).state, fresh(survey).reason) == (State.DROPPED, Reason.UNSUBSCRIBED)


def test_looking_changes_nothing_and_the_page_has_a_button_and_a_way_back(client, store):
    page = client.get(address_of(store)).content.decode()
    assert "Stop them" in page and not has_stopped(store)
    assert "Send them again" in client.post(address_of(store)).content.decode() and has_stopped(store)
    assert "Send them again" in client.get(address_of(store)).content.decode()
    assert "Stop them" in client.post(address_of(store), {"wanted": "yes"}).content.decode()
    assert addresses.state_of(KASIA, store) is None


def test_twice_is_once(client, store):
    for _time in range(2):
        assert client.post(address_of(store), ONE_CLICK).status_code == 200
    first = addresses.state_of(KASIA, store).stops
    client.post(address_of(store), ONE_CLICK)
    assert addresses.state_of(KASIA, store).stops == first


def test_it_stops_for_this_address_in_this_store_alone(client, store, support, alice):
    other = make_store()
    client.post(address_of(store), ONE_CLICK)
    assert not has_stopped(other) and not has_stopped(store, "nour@mail.example")
    answer = reply_to(support, alice, email=KASIA)
    engine.deliver(answer.pk)
    assert fresh(answer).state == State.SENT


@pytest.mark.parametrize("token", ["%20", "x", "x:y:z", "..", "0" * 1500])
def test_a_link_that_was_made_up_does_nothing(client, store, token):
    assert client.post(f"/unsubscribe/{token}/", ONE_CLICK).status_code == 404
    assert client.post("/unsubscribe//", ONE_CLICK).status_code == 404
    assert addresses.state_of(KASIA, store) is None


def test_a_link_that_was_changed_or_is_of_another_purpose_does_nothing(client, store, survey):
    good = address_of(store)
    other = address_of(store, "nour@mail.example")
    mixed = other.rpartition(":")[0] + ":" + good.rpartition(":")[2]
    assert client.post(mixed, ONE_CLICK).status_code == 404
    ticket_link = re.search(r"/t/([^/\s]+)/", build(survey).body)
    for token in filter(None, [ticket_link and ticket_link.group(1)]):
        assert client.post(f"/unsubscribe/{token}/", ONE_CLICK).status_code == 404
    assert client.get(f"/t/{good.split('/')[2]}/").status_code == 404
    assert not has_stopped(store) and not has_stopped(store, "nour@mail.example")


def test_a_link_ends_after_two_years(client, store):
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False):
        link = address_of(store)
    with time_machine.travel("2027-12-30T12:00:00Z", tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel("2028-01-02T12:00:00Z", tick=False):
        assert client.post(link, ONE_CLICK).status_code == 410
    assert not has_stopped(store)


def test_the_page_speaks_the_language_of_the_mail(client, store):
    token = token_for(store, KASIA, Mailing.SURVEY, "fa")
    page = client.get(f"/unsubscribe/{token}/")
    assert page.headers["Content-Language"] == "fa" and 'dir="rtl"' in page.content.decode()
