"""Customers of another store: their pages, notes, blocks, organisations and merges, tried by somebody who manages customers here."""

import re

import pytest
from django.test import Client

from backoffice.customers.urls import urlpatterns
from common.form_keys import new_form_key
from customers.models import Block, Customer, CustomerMerge, CustomerNote, DuplicateSuggestion, Organisation
from customers.models.organisation import Sharing
from customers.services.notes import add_customer_note, add_organisation_note
from customers.services.organisations import put_into_organisation, save_organisation
from tests.make import fresh, make_customer, make_department, make_staff, make_store, make_ticket
from tickets.services.joining import merge_customers

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_staff("Alice", make_department("Support", store=make_store()))


@pytest.fixture
def mine(alice):
    return make_ticket().customer


@pytest.fixture
def bob():
    """Who works in the other store."""
    return make_staff("Bob", sees_customers=False)


@pytest.fixture
def theirs(mine):
    elsewhere = make_department("Elsewhere", store=make_store(name="Another", address="another"))
    return make_ticket(department=elsewhere, customer=make_customer("Hanna Lis")).customer


@pytest.fixture
def browser(alice):
    client = Client()
    client.force_login(alice)
    return client


def state():
    """Every row that a deed about a customer would change."""
    models = (Customer, CustomerNote, Block, Organisation, CustomerMerge, DuplicateSuggestion)
    return [list(model.objects.order_by("pk").values()) for model in models]


def addresses_of(name, **numbers):
    """Every address of the desk about one of these, with these numbers in their places."""
    routes = [str(one.pattern) for one in urlpatterns if str(one.pattern).startswith(f"{name}/<int:pk>/")]
    assert len(routes) >= 6
    return ["/desk/" + re.sub(r"<int:(\w+)>", lambda place: str(numbers.get(place[1], 1)), route) for route in routes]


def test_a_customer_of_another_store_is_not_there_at_any_address(browser, bob, theirs):
    note = add_customer_note(theirs, text="Pays late.", by=bob)
    before = state()

    for address in addresses_of("customers", pk=theirs.pk, note_pk=note.pk):
        for answer in (browser.get(address), browser.post(address, {"text": "Mine now", "reason": "Mine", "form_key": new_form_key()})):
            assert answer.status_code in {404, 405}, address
            assert "Hanna" not in answer.text
            assert "Pays late" not in answer.text
    assert state() == before


def test_a_note_is_not_reached_through_another_customer(browser, bob, mine, theirs):
    note = add_customer_note(theirs, text="Pays late.", by=bob)
    before = state()

    for address in (f"/desk/customers/{mine.pk}/notes/{note.pk}/", f"/desk/customers/{mine.pk}/notes/{note.pk}/deletion/"):
        assert browser.get(address).status_code in {404, 405}
        assert browser.post(address, {"text": "Pays early.", "form_key": new_form_key()}).status_code == 404
    assert state() == before


@pytest.mark.parametrize("mine_first", [True, False])
def test_nobody_is_merged_with_a_customer_of_another_store(browser, mine, theirs, mine_first):
    one, other = (mine, theirs) if mine_first else (theirs, mine)
    before = state()

    assert browser.get(f"/desk/customers/{one.pk}/merge/?with={other.pk}").status_code == 404
    assert browser.post(f"/desk/customers/{one.pk}/merge/", {"with": other.pk, "email": "merged"}).status_code == 404
    assert state() == before


def test_a_search_for_whom_to_merge_with_finds_nobody_elsewhere(browser, mine, theirs):
    page = browser.get(f"/desk/customers/{mine.pk}/merge/?q=Hanna").text

    assert f"with={theirs.pk}" not in page
    assert theirs.email not in page


def test_a_suggestion_with_somebody_elsewhere_is_neither_shown_nor_dismissed(browser, mine, theirs):
    first, second = sorted((mine, theirs), key=lambda customer: customer.pk)
    suggestion = DuplicateSuggestion.objects.create(first=first, second=second, reason="phone")

    assert "Hanna" not in browser.get("/desk/customers/duplicates/").text
    assert browser.post(f"/desk/customers/duplicates/{suggestion.pk}/dismissal/").status_code == 404
    assert fresh(suggestion).dismissed_at is None


def test_a_merge_of_another_store_is_not_undone(browser, bob, theirs):
    copy = make_customer("Hanna L.", account=False)
    make_ticket(department=theirs.tickets.get().department, customer=copy)
    merge_customers(copy, into=theirs, by=bob)
    merge = CustomerMerge.objects.get()
    before = state()

    assert browser.post(f"/desk/customers/merges/{merge.pk}/undoing/").status_code == 404
    assert state() == before


def test_an_organisation_of_another_store_is_not_there_at_any_address(browser, bob, mine, theirs):
    organisation = save_organisation(name="Lis and Sons", sharing=Sharing.READ, by=bob)
    put_into_organisation(theirs, organisation, by=bob)
    note = add_organisation_note(organisation, text="Pays late.", by=bob)
    before = state()

    for address in addresses_of("organisations", pk=organisation.pk, note_pk=note.pk, customer_pk=theirs.pk):
        typed = {"name": "Mine", "sharing": "reply", "text": "Mine", "customer": mine.pk, "form_key": new_form_key()}
        for answer in (browser.get(address), browser.post(address, typed)):
            assert answer.status_code in {404, 405}, address
            assert "Lis and Sons" not in answer.text
    assert "Lis and Sons" not in browser.get("/desk/organisations/").text
    assert state() == before


def test_a_customer_of_another_store_is_not_put_into_an_organisation_here(browser, alice, mine, theirs):
    organisation = save_organisation(name="Nowak", sharing=Sharing.REPLY, by=alice)
    put_into_organisation(mine, organisation, by=alice)

    answer = browser.post(f"/desk/organisations/{organisation.pk}/members/", {"customer": theirs.pk, "form_key": new_form_key()})

    assert answer.status_code == 404
    assert fresh(theirs).organisation_id is None
