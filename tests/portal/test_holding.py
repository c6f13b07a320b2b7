"""Requests that meet a block rule: told what everybody is told, and no ticket."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from custom_fields.forms import name_of
from custom_fields.models import FieldKind
from departments.services import archive_department
from notifications.models import Delivery
from permissions.rights import StoreRight
from permissions.services import grant
from stores.blocking import add_rule, rule_against
from stores.models import BlockRule
from tests.make import fresh, make_field, make_staff, make_store, make_ticket
from tests.portal.pictures import text_file
from tickets.errors import DepartmentIsGone
from tickets.field_values import stored_values
from tickets.models import FieldValue, HeldFile, HeldRequest, Message, Ticket
from tickets.services.holding import end_held_requests

ABOUT = {"subject": "Cheap watches", "text": "Buy them now.", "form_key": "k" * 22}
WHO = {"name": "Marta", "contact": "Marta@mail.example"}


def send(client, to, **fields):
    return client.post(f"/tickets/new/{to.pk}/", ABOUT | fields)


@pytest.fixture
def watches(store):
    return add_rule(store, kind="word", value="cheap watches")


@pytest.fixture
def olga(store):
    person = make_staff("Olga Nowicka")
    grant(person, StoreRight.CHANGE_SETTINGS, store)
    return person


@pytest.fixture
def as_olga(olga):
    browser = Client()
    browser.force_login(olga)
    return browser


@pytest.mark.parametrize(
    ("kind", "value", "about"),
    [
        ("word", "cheap watches", {"text": "So CHEAP, watches for all"}),
        ("word", "ساعت ارزان", {"text": "فروش ساعت\u200c ارزان"}),
        ("word", "فروش کي", {"text": "فروش كی"}),
        ("sender", "spam.example", {"email": "Joe@mail.spam.example"}),
        ("sender", "joe@spam.example", {"email": "JOE@spam.example"}),
        ("sender", "+48601220214", {"phone": "+48601220214"}),
        ("address", "203.0.113.0/24", {"address": "203.0.113.9"}),
        ("address", "2001:db8::/32", {"address": "2001:db8::9"}),
    ],
)
def test_a_rule_holds_what_it_means(store, kind, value, about):
    rule = add_rule(store, kind=kind, value=value)

    assert rule_against(store, **about) == rule
    assert fresh(rule).hits == 1


@pytest.mark.parametrize(
    ("kind", "value", "about"),
    [
        ("word", "cat", {"text": "The catalogue, please"}),
        ("sender", "spam.example", {"email": "joe@notspam.example"}),
        ("sender", "spam.example", {"email": ""}),
        ("sender", "+48601220214", {"phone": ""}),
        ("address", "203.0.113.0/24", {"address": "203.0.114.9"}),
        ("address", "203.0.113.0/24", {"address": "2001:db8::9"}),
    ],
)
def test_a_rule_holds_nothing_else(store, kind, value, about):
    add_rule(store, kind=kind, value=value)

    assert rule_against(store, **about) is None


def test_the_rules_of_another_store_hold_nothing_here(store):
    add_rule(make_store(), kind="word", value="watches")

    assert rule_against(store, text="watches") is None


def test_looking_for_words_stays_quick_however_long_and_odd_the_text(store):
    for number in range(50):
        add_rule(store, kind="word", value=f"word {number} of many")
    started = time.monotonic()

    for odd in ("a!" * 10_000, "<" * 20_000, "((((" * 5_000, "\u0650" * 20_000):
        assert rule_against(store, text=odd) is None

    assert time.monotonic() - started < 2


def test_a_held_request_is_no_ticket_and_its_sender_reads_what_everybody_reads(visitor, support, watches):
    visitor.get(f"/tickets/new/{support.pk}/")  # from here on the browser is known by its cookie
    response = send(visitor, support, **WHO)

    held = HeldRequest.objects.get()
    assert not Ticket.objects.exists()
    assert not Delivery.objects.exists()
    assert (held.subject, held.text, held.name, held.email, held.rule) == (
        "Cheap watches", "Buy them now.", "Marta", "Marta@mail.example", watches,
    )  # fmt: skip
    page = visitor.get(response.url)
    assert "Your request is with us" in page.content.decode()
    assert held.number in page.content.decode()
    assert visitor.get(response.url.removesuffix("sent/"), follow=True).status_code == 200
    assert send(visitor, support, **WHO).url == response.url
    assert HeldRequest.objects.count() == 1


def test_customers_with_an_account_are_held_alike(as_kasia, kasia, nour, client, support, watches):
    response = send(as_kasia, support)

    held = HeldRequest.objects.get()
    assert (held.customer, held.email) == (kasia, "kasia@mail.example")
    assert "Your request is with us" in as_kasia.get(response.url).content.decode()
    as_kasia.logout()
    client.force_login(nour.user)
    assert client.get(response.url).status_code == 404


def test_what_meets_no_rule_is_a_ticket(visitor, support, watches):
    send(visitor, support, **WHO, subject="My watch stopped")

    assert Ticket.objects.count() == 1
    assert not HeldRequest.objects.exists()


def test_let_through_it_is_the_ticket_its_sender_was_told_of(visitor, as_olga, support, watches):
    told = send(visitor, support, **WHO, files=[text_file("list.txt")])
    held = HeldRequest.objects.get()

    as_olga.post(f"/control/protection/held/{held.pk}/release/")

    ticket = Ticket.objects.get()
    assert (ticket.number, ticket.subject, ticket.customer.email) == (held.number, "Cheap watches", "marta@mail.example")
    assert [file.name for file in Message.objects.get().attachments.all()] == ["list.txt"]
    assert not HeldRequest.objects.exists()
    assert not HeldFile.objects.exists()
    assert Delivery.objects.filter(customer=ticket.customer).exists()
    assert "Buy them now." in visitor.get(told.url.removesuffix("sent/")).content.decode()
    assert as_olga.post(f"/control/protection/held/{held.pk}/release/").status_code == 404


def test_what_was_filled_in_waits_with_it_and_is_filled_in_once_it_is_a_ticket(visitor, as_olga, support, store, watches):
    number, many = make_field("Order number"), make_field("Pieces", FieldKind.NUMBER)
    secret = make_field("Password", FieldKind.SECRET)
    add_rule(store, kind="word", value="ORDER 77")
    send(visitor, support, **WHO, subject="Hello", **{name_of(number): "order 77", name_of(many): "12", name_of(secret): "hush hush"})
    held = HeldRequest.objects.get()

    page = as_olga.get(f"/control/protection/held/{held.pk}/").content.decode()
    assert "order 77" in page
    assert "hush hush" not in page
    assert "hush hush" not in held.text
    as_olga.post(f"/control/protection/held/{held.pk}/release/")

    values, _files = stored_values(Ticket.objects.get())
    assert values == {number.pk: "order 77", many.pk: 12, secret.pk: True}
    assert FieldValue.objects.get(field=secret).secret == "hush hush"


def test_what_cannot_be_let_through_stays_and_the_page_says_why(visitor, as_olga, support, watches):
    send(visitor, support, **WHO)
    held = HeldRequest.objects.get()
    archive_department(support)

    page = as_olga.post(f"/control/protection/held/{held.pk}/release/", follow=True).content.decode()

    assert str(DepartmentIsGone.message) in page
    assert HeldRequest.objects.get() == held
    assert not Ticket.objects.exists()


def test_the_owner_sees_who_sent_it_when_and_why_and_deletes_it(visitor, as_olga, support, watches):
    send(visitor, support, **WHO)
    held = HeldRequest.objects.get()

    assert "Cheap watches" in as_olga.get("/control/protection/held/").content.decode()
    page = as_olga.get(f"/control/protection/held/{held.pk}/").content.decode()
    for words in ("Buy them now.", "Marta@mail.example", "the word “\u2068cheap watches\u2069”"):
        assert words in page
    as_olga.post(f"/control/protection/held/{held.pk}/deletion/")

    assert not HeldRequest.objects.exists()
    assert not Ticket.objects.exists()


def test_whoever_may_not_know_customers_reads_neither_name_nor_text(visitor, support, store, watches):
    send(visitor, support, **WHO)
    dan = make_staff("Dan", sees_customers=False)
    grant(dan, StoreRight.CHANGE_SETTINGS, store)
    visitor.force_login(dan)

    for page in ("/control/protection/held/", f"/control/protection/held/{HeldRequest.objects.get().pk}/"):
        words = visitor.get(page).content.decode()
        assert not [told for told in ("Marta", "mail.example", "Buy them now", "Cheap watches") if told in words]


def test_held_requests_of_another_store_do_not_exist(visitor, as_olga, support, watches):
    send(visitor, support, **WHO)
    held = HeldRequest.objects.get()
    HeldRequest.objects.update(store=make_store())

    for place in ("", "release/", "deletion/"):
        address = f"/control/protection/held/{held.pk}/{place}"
        assert (as_olga.post(address) if place else as_olga.get(address)).status_code == 404
    assert HeldRequest.objects.exists()


def test_they_end_after_thirty_days(visitor, support, watches):
    send(visitor, support, **WHO)
    assert end_held_requests() == 0

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert end_held_requests() == 1
    assert not HeldRequest.objects.exists()


def test_answers_in_an_open_ticket_are_never_held(as_kasia, kasia, support, watches):
    ticket = make_ticket("Hello", department=support, customer=kasia)

    as_kasia.post(f"/tickets/{ticket.number}/replies/", {"text": "Cheap watches!", "form_key": "r" * 22})

    assert Message.objects.filter(body_text="Cheap watches!").exists()
    assert BlockRule.objects.get().hits == 0


def test_a_removed_rule_lets_what_it_held_wait(visitor, support, store, watches):
    send(visitor, support, **WHO)

    watches.delete()

    held = HeldRequest.objects.get()
    assert (held.rule, held.rule_value) == (None, "cheap watches")
