"""A blocked customer: no door takes what they write, nothing typed is lost, they are told why and until when, and they can read on."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from customers.errors import CustomerIsBlocked
from customers.models import Customer
from customers.services import adopt_visitor_tickets, block_customer, unblock_customer
from stores.blocking import add_rule
from surveys.choices import WhyNot
from surveys.models import Survey
from surveys.services import token_for as survey_token
from tests.make import fresh, make_action, make_customer, make_field, make_message, make_person, make_ticket
from tickets.links import token_for
from tickets.models import HeldRequest, Message, Ticket
from tickets.services.fields import write_values
from tickets.services.holding import hold_request, release_request
from tickets.services.lifecycle import close_ticket, open_ticket, reopen_ticket, reply_as_customer

REASON = "Threatened Vera twice"
WORDS = "Please call the shop about your order."
ABOUT = {"subject": "The grinder rattles", "text": "It rattles since Monday.", "form_key": "k" * 22}
WHO = {"name": "Marta", "contact": "Marta@mail.example"}


@pytest.fixture(params=["signed in", "signed link"])
def room(request, kasia, support, alice):
    """(browser, address, ticket) of a blocked customer, by both doors."""
    browser = Client(headers={"accept-language": "en"})
    customer = kasia if request.param == "signed in" else make_customer("Marta", account=False, email="marta@mail.example")
    ticket = make_ticket("The grinder rattles", customer=customer, department=support)
    make_message(ticket, "Which serial number?", by=alice)
    block_customer(customer, reason=REASON, words=WORDS, by=alice)
    if customer.has_account:
        browser.force_login(customer.user)
        return browser, f"/tickets/{ticket.number}/", ticket
    return browser, f"/t/{token_for(ticket)}/", ticket


def test_they_read_on_and_are_told_why(room):
    browser, address, _ticket = room

    page = browser.get(address).content.decode()

    assert "Which serial number?" in page
    assert "You cannot write to us any more." in page
    assert WORDS in page
    assert REASON not in page
    assert 'action="' + address + "replies/" not in page


def test_an_answer_is_refused_and_comes_back(room):
    browser, address, ticket = room

    response = browser.post(f"{address}replies/", {"text": "You will be sorry.", "form_key": "k" * 22})

    assert response.status_code == 422
    page = response.content.decode()
    assert "You will be sorry." in page
    assert WORDS in page
    assert ticket.messages.count() == 2


def test_a_button_is_refused_and_its_words_come_back(room):
    browser, address, ticket = room
    action = make_action(fresh(ticket).status, "Sent it", for_customers=True, deed="reply")

    response = browser.post(f"{address}actions/{action.pk}/", {"text": "Sent it back today.", "form_key": "k" * 22})

    assert response.status_code == 422
    assert "Sent it back today." in response.content.decode()
    assert ticket.messages.count() == 2
    assert browser.get(f"{address}actions/{action.pk}/").status_code == 302
    assert "Sent it" not in browser.get(address).content.decode()


def test_fields_are_refused_and_come_back(room):
    browser, address, ticket = room
    make_field("Serial number")

    response = browser.post(f"{address}fields/", {"field-serial-number": "A-17", "form_key": "k" * 22})

    assert response.status_code == 422
    assert "A-17" in response.content.decode()
    assert not ticket.values.exists()


def test_a_new_request_is_refused_and_comes_back(as_kasia, kasia, support, alice):
    block_customer(kasia, reason=REASON, words=WORDS, by=alice)

    told = as_kasia.get(f"/tickets/new/{support.pk}/").content.decode()
    response = as_kasia.post(f"/tickets/new/{support.pk}/", ABOUT)

    assert WORDS in told
    assert response.status_code == 422
    page = response.content.decode()
    assert "It rattles since Monday." in page
    assert WORDS in page
    assert not Ticket.objects.exists()
    for address in ("/", "/tickets/"):
        assert WORDS in as_kasia.get(address).content.decode()


def test_the_published_form_refuses_too(as_kasia, kasia, support, alice):
    support.form_address, support.form_published = "support", True
    support.save()
    block_customer(kasia, reason=REASON, by=alice)

    assert as_kasia.post("/forms/support/", ABOUT).status_code == 422
    assert not Ticket.objects.exists()


def test_a_visitor_with_that_address_is_refused_without_being_told_why(visitor, kasia, support, alice):
    marta = make_customer("Marta", account=False, email="marta@mail.example")
    block_customer(marta, reason=REASON, words=WORDS, by=alice)

    response = visitor.post(f"/tickets/new/{support.pk}/", ABOUT | WHO)

    assert response.status_code == 422
    page = response.content.decode()
    assert "Requests from this address are not taken at the moment." in page
    assert "It rattles since Monday." in page
    assert WORDS not in page
    assert REASON not in page
    assert not Ticket.objects.exists()


def test_an_account_is_no_way_around_by_its_address(visitor, kasia, support, alice):
    block_customer(kasia, reason=REASON, by=alice)

    assert visitor.post(f"/tickets/new/{support.pk}/", ABOUT | WHO | {"contact": "KASIA@mail.example"}).status_code == 422
    assert not Ticket.objects.exists()


def test_nor_is_opening_an_account(support, alice):
    marta = make_customer("Marta", account=False, email="marta@mail.example")
    make_ticket(customer=marta, department=support)
    block_customer(marta, reason=REASON, by=alice)
    person = make_person("Marta", email="marta@mail.example")

    mine = adopt_visitor_tickets(person, email="marta@mail.example")

    assert fresh(mine).is_blocked
    assert mine.blocks.get().reason == REASON


def test_what_would_be_held_is_refused_as_well(as_kasia, store, kasia, support, alice):
    add_rule(store, kind="word", value="cheap watches")
    block_customer(kasia, reason=REASON, by=alice)

    assert as_kasia.post(f"/tickets/new/{support.pk}/", ABOUT | {"text": "Cheap watches!"}).status_code == 422
    assert not HeldRequest.objects.exists()


def test_a_held_request_of_somebody_blocked_meanwhile_waits_on(store, kasia, support, alice):
    rule = add_rule(store, kind="word", value="cheap watches")
    held = hold_request(rule=rule, store=store, department=support, subject="Hi", text="Cheap.", language="en", customer=kasia)
    block_customer(kasia, reason=REASON, by=alice)

    with pytest.raises(CustomerIsBlocked):
        release_request(held, by=alice)

    assert HeldRequest.objects.filter(pk=held.pk).exists()
    unblock_customer(kasia, by=alice)
    assert release_request(HeldRequest.objects.get(), by=alice).customer == kasia


def test_every_service_refuses_and_changes_nothing(store, kasia, support, alice):
    ticket = close_ticket(make_ticket(customer=kasia, department=support), by=alice)
    field = make_field("Serial number")
    rule = add_rule(store, kind="word", value="cheap watches")
    block_customer(kasia, reason=REASON, by=alice)
    blocked = fresh(kasia)
    before = fresh(ticket).version

    for refused in (
        lambda: open_ticket(store=store, department=support, customer=blocked, subject="Hi", text="Hi"),
        lambda: reply_as_customer(ticket, text="Hi", by=kasia.user),
        lambda: reopen_ticket(ticket, by=kasia.user, by_customer=True),
        lambda: write_values(ticket, {field: "A-17"}, by_customer=True),
        lambda: hold_request(rule=rule, store=store, department=support, subject="Hi", text="x", language="en", customer=blocked),
    ):
        with pytest.raises(CustomerIsBlocked):
            refused()

    assert (Ticket.objects.count(), Message.objects.count(), HeldRequest.objects.count()) == (1, 1, 0)
    assert fresh(ticket).version == before


def test_staff_may_still_write_to_them(kasia, support, alice):
    ticket = make_ticket(customer=kasia, department=support)
    block_customer(kasia, reason=REASON, by=alice)

    make_message(ticket, "Your refund is on its way.", by=alice)

    assert fresh(ticket).last_words == "Your refund is on its way."


def test_they_are_not_asked_how_it_was_and_cannot_say(client, kasia, support, alice):
    first, second = (make_ticket(customer=kasia, department=support) for _ticket in range(2))
    close_ticket(first, by=alice)
    block_customer(kasia, reason=REASON, by=alice)
    close_ticket(second, by=alice)

    survey = Survey.objects.get(why_not="")
    assert Survey.objects.get(ticket=second).why_not == WhyNot.BLOCKED
    response = client.post(f"/survey/{survey_token(survey)}/", {"score": "1", "comment": "You fools."})

    assert survey.ticket == first
    assert response.status_code == 422
    assert "You fools." in response.content.decode()
    assert fresh(survey).score is None


def test_a_block_ends_by_itself(as_kasia, kasia, support, alice):
    block_customer(kasia, reason=REASON, until=timezone.now() + timedelta(days=2), by=alice)

    assert "You cannot write to us until" in as_kasia.get("/tickets/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        as_kasia.force_login(kasia.user)
        assert "You cannot write to us" not in as_kasia.get("/tickets/").content.decode()
        assert as_kasia.post(f"/tickets/new/{support.pk}/", ABOUT).status_code == 302
    assert Ticket.objects.count() == 1


def test_unblocked_they_write_again_and_the_history_stays(as_kasia, kasia, support, alice):
    block_customer(kasia, reason=REASON, by=alice)
    unblock_customer(kasia, reason="Apologised", by=alice)

    assert as_kasia.post(f"/tickets/new/{support.pk}/", ABOUT).status_code == 302
    block = kasia.blocks.get()
    assert (block.reason, block.end_reason, block.ended_by, block.is_running) == (REASON, "Apologised", alice, False)
    assert not Customer.objects.get(pk=kasia.pk).is_blocked
    assert list(kasia.events.order_by("pk").values_list("kind", flat=True)) == ["blocked", "unblocked"]


def test_they_are_told_in_their_language_and_calendar(kasia, alice):
    kasia.user.language = "fa"
    kasia.user.save()
    block_customer(kasia, reason=REASON, until=datetime(2099, 3, 21, 12, tzinfo=UTC), by=alice)
    browser = Client()
    browser.force_login(kasia.user)

    page = browser.get("/tickets/").content.decode()

    assert 'lang="fa"' in page
    assert "۱۴۷۸" in page
