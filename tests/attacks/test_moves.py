"""Merging into, mentioning in and bringing back what is not one's own: refused, unchanged, and nobody is told."""

import pytest
from django.test import Client

from notifications.models import Delivery
from permissions.rights import RoleKey
from tests.make import fresh, make_customer, make_department, make_staff, make_store, make_ticket
from tickets.models import Message, TicketEvent
from tickets.services.deleting import delete_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support", store=make_store())


@pytest.fixture
def sales(support):
    return make_department("Sales")


@pytest.fixture
def dan(support):
    """Everything in Support, nothing in Sales."""
    return make_staff("Dan", support, role=RoleKey.SENIOR)


@pytest.fixture
def browser(dan):
    client = Client()
    client.force_login(dan)
    return client


@pytest.fixture
def mine(support):
    return make_ticket("Grinder", department=support, customer=make_customer("Kasia"))


@pytest.fixture
def theirs(sales, mine):
    """Of the same customer, in a department Dan does not see."""
    return make_ticket("Discount", department=sales, customer=mine.customer)


def standing():
    """All that an attack could have changed."""
    return (Message.objects.count(), TicketEvent.objects.count(), Delivery.objects.count())


def test_a_foreign_ticket_is_neither_end_of_a_merge(browser, mine, theirs):
    before = standing()

    for place, data in (
        (f"/desk/tickets/{mine.number}/merge/", {"into": theirs.number}),
        (f"/desk/tickets/{mine.number}/merge/", {"number": theirs.number, "into": mine.number}),
        (f"/desk/tickets/{theirs.number}/merge/", {"into": mine.number}),
        (f"/desk/tickets/{theirs.number}/unmerge/", {}),
    ):
        response = browser.post(place, data)
        assert response.status_code == 404 and "Discount" not in response.content.decode()

    assert standing() == before
    assert (fresh(mine).version, fresh(theirs).version) == (mine.version, theirs.version)


def test_a_foreign_ticket_is_neither_deleted_nor_brought_back(browser, theirs, dan):
    before = standing()
    for deed in ("deletion", "restoration"):
        assert browser.post(f"/desk/tickets/{theirs.number}/{deed}/").status_code == 404
    assert standing() == before

    delete_ticket(theirs, by=dan)
    assert browser.post(f"/desk/tickets/{theirs.number}/deletion/").status_code == 404
    assert browser.post(f"/desk/tickets/{theirs.number}/restoration/").status_code == 404
    assert "Discount" not in browser.get("/desk/tickets/deleted/").content.decode()
    assert fresh(theirs).is_deleted


def test_customers_and_visitors_find_none_of_it(mine, theirs):
    before = standing()
    customer, visitor = Client(), Client()
    customer.force_login(mine.customer.user)

    for deed in ("merge", "unmerge", "deletion", "restoration"):
        place = f"/desk/tickets/{mine.number}/{deed}/"
        assert customer.post(place, {"into": theirs.number}).status_code == 404
        assert visitor.post(place, {"into": theirs.number}).status_code == 302
    assert customer.get("/desk/tickets/deleted/").status_code == 404

    assert standing() == before
    assert not fresh(mine).is_deleted and fresh(mine).merged_into is None


def test_nothing_changes_by_looking(browser, mine):
    before = standing()
    for deed in ("merge", "unmerge", "deletion", "restoration"):
        browser.get(f"/desk/tickets/{mine.number}/{deed}/", {"into": mine.number, "number": mine.number, "reason": "x"})

    assert standing() == before and not fresh(mine).is_deleted


def test_words_in_reasons_and_names_stay_words(browser, mine, support):
    make_staff("<script>alert(1)</script>", support)
    assert "<script>alert" not in browser.get(f"/desk/tickets/{mine.number}/").content.decode()

    page = browser.post(f"/desk/tickets/{mine.number}/deletion/", {"reason": "<b>x</b>" * 100}).content.decode()
    assert "<b>x</b>" not in page
    page = browser.post(f"/desk/tickets/{mine.number}/merge/", {"number": "<b>x</b>"}).content.decode()
    assert "<b>x</b>" not in page
