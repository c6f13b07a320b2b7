"""Customers: found by whoever may know them, with notes and warnings; for others they do not exist."""

import re

import pytest

from notifications.models import Delivery
from permissions.rights import StoreRight
from permissions.services import grant, withdraw
from tests.make import make_customer, make_message, make_staff, make_store, make_ticket

pytestmark = pytest.mark.django_db


def listed(client, query=""):
    page = client.get(f"/desk/customers/{query}").content.decode()
    return re.findall(r'<a href="/desk/customers/\d+/" dir="auto">([^<]+)</a>', page)


@pytest.fixture
def dan(support):
    return make_staff("Dan Moreau", support, sees_customers=False)


def test_customers_are_listed_by_name_and_found_by_what_one_has(desk, kasia):
    make_customer("Nour Haddad", email="nour@mail.example", phone="+989121234514", company="Café Mirror")

    assert listed(desk) == ["Kasia Nowak", "Nour Haddad"]
    for words in ("nour", "HADDAD nour", "nour@mail.example", "mirror", "+98 912 123 4514".replace(" ", ""), "0912123", "۰۹۱۲۱۲۳۴۵۱۴"):
        assert listed(desk, f"?q={words.replace('+', '%2B')}") == ["Nour Haddad"], words
    assert listed(desk, "?q=nobody") == []


def test_addresses_are_covered_in_the_list(desk, kasia):
    page = desk.get("/desk/customers/").content.decode()

    assert "kasia@mail.example" not in page
    assert "k•••@mail.example" in page


def test_without_the_right_there_are_no_customers(desk_of, dan, kasia):
    desk = desk_of(dan)

    assert "/desk/customers/" not in desk.get("/desk/").content.decode()
    assert desk.get("/desk/customers/").status_code == 404
    assert desk.get(f"/desk/customers/{kasia.pk}/").status_code == 404
    assert desk.post(f"/desk/customers/{kasia.pk}/notes/", {"text": "Hm"}).status_code == 404


def test_the_right_in_one_store_opens_only_its_customers(desk, alice, support, kasia):
    second = make_store()
    nour = make_customer("Nour Haddad")
    make_ticket(department=support, customer=kasia)
    make_ticket(department=support, store=second, customer=nour)

    assert listed(desk) == ["Kasia Nowak"]
    assert desk.get(f"/desk/customers/{nour.pk}/").status_code == 404
    grant(alice, StoreRight.VIEW_CUSTOMERS, second)
    assert listed(desk) == ["Kasia Nowak", "Nour Haddad"]


def test_the_page_shows_what_is_known_and_only_tickets_one_may_see(desk, alice, support, sales, kasia):
    make_message(make_ticket("The grinder rattles", department=support, customer=kasia), "We look at it.", by=alice)
    secret = make_ticket("A secret offer", department=sales, customer=kasia)

    page = desk.get(f"/desk/customers/{kasia.pk}/").content.decode()

    assert "The grinder rattles" in page
    assert "answer" in page
    assert "A secret offer" not in page
    assert Delivery.objects.filter(ticket=secret).exists()


def test_a_warning_stands_first_and_on_every_ticket(desk, support, kasia):
    ticket = make_ticket(department=support, customer=kasia)

    desk.post(f"/desk/customers/{kasia.pk}/notes/", {"text": "Send no replacement first.", "is_warning": "on"})

    page = desk.get(f"/desk/customers/{kasia.pk}/").content.decode()
    assert page.index("Send no replacement first.") < page.index("person-head")
    assert "Send no replacement first." in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_a_note_from_a_ticket_leads_back_to_it(desk, support, kasia):
    ticket = make_ticket(department=support, customer=kasia)

    response = desk.post(f"/desk/customers/{kasia.pk}/notes/", {"text": "Prefers writing.", "ticket": ticket.number})

    assert response["Location"] == f"/desk/tickets/{ticket.number}/"
    assert kasia.notes.get().is_warning is False


@pytest.mark.parametrize("text", ["", "  ", "\x00", "x" * 501])
def test_an_empty_or_too_long_note_is_not_kept(desk, kasia, text):
    response = desk.post(f"/desk/customers/{kasia.pk}/notes/", {"text": text})

    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not kasia.notes.exists()


def test_the_same_note_sent_twice_is_one(desk, kasia):
    data = {"text": "Prefers writing.", "form_key": "a-key-of-this-very-form"}

    desk.post(f"/desk/customers/{kasia.pk}/notes/", data)
    desk.post(f"/desk/customers/{kasia.pk}/notes/", data)

    assert kasia.notes.count() == 1


def test_writing_about_customers_needs_its_right(desk, alice, store, kasia):
    withdraw(alice, StoreRight.MANAGE_CUSTOMERS, store)

    assert desk.post(f"/desk/customers/{kasia.pk}/notes/", {"text": "Hm"}).status_code == 403
    assert not kasia.notes.exists()


def test_many_customers_come_page_by_page(desk, store, monkeypatch):
    monkeypatch.setattr("backoffice.customers.views.PAGE_SIZE", 2)
    for name in ("Ada", "Bea", "Cas", "Dov", "Eli"):
        make_customer(name)

    met, query = [], ""
    while True:
        met += listed(desk, query)
        further = re.search(r'rel="next" href="([^"]+)"', desk.get(f"/desk/customers/{query}").content.decode())
        if not further:
            break
        query = further.group(1).replace("&amp;", "&")

    assert met == ["Ada", "Bea", "Cas", "Dov", "Eli"]
