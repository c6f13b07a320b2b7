"""Linking from the ticket's page, what the page tells of it, and being asked before closing what waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permissions.rights import RoleKey
from permissions.services import grant_role
from tests.make import fresh, make_customer, make_staff, make_ticket
from tickets.models import TicketLink
from tickets.services.lifecycle import close_ticket
from tickets.services.linking import link_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(support, kasia):
    return make_ticket("Burrs are out of stock", department=support, customer=kasia)


@pytest.fixture
def foreign(sales):
    return make_ticket("Contract with the maker", department=sales)


def address(ticket, deed="links"):
    return f"/desk/tickets/{ticket.number}/{deed}/"


def page_of(browser, ticket):
    return browser.get(f"/desk/tickets/{ticket.number}/").content.decode()


@pytest.mark.parametrize(
    ("way", "here", "there"),
    [
        ("related", "Related", "Related"),
        ("waits", "Has to be closed first", "Waits for this one"),
        ("blocks", "Waits for this one", "Has to be closed first"),
        ("part", "This is a part of", "Parts of this"),
        ("parent", "Parts of this", "This is a part of"),
    ],
)
def test_both_sides_say_how_they_belong_together(desk, ticket, other, way, here, there):
    persian = other.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    desk.post(address(ticket), {"number": f"#{persian}", "way": way})

    for one, another, words in ((ticket, other, here), (other, ticket, there)):
        page = page_of(desk, one).partition('id="links"')[2]
        assert words in page and f"/desk/tickets/{another.number}/" in page


def test_a_link_is_taken_away(desk, ticket, other):
    link = link_tickets(ticket, other, "related")
    desk.post(address(other, f"links/{link.pk}/removal"))

    assert not TicketLink.objects.exists()
    assert "took away the link with ticket" in page_of(desk, ticket)


def test_what_cannot_be_linked_says_so_and_keeps_what_was_typed(desk, ticket, other):
    for number, status in (("000", 404), (ticket.number, 422), ("", 422)):
        response = desk.post(address(ticket), {"number": number, "way": "related"})
        assert response.status_code == status and f'value="{number}"' in response.content.decode() or not number
    assert not TicketLink.objects.exists()


# --- Closing ----------------------------------------------------------------------------------------
def test_closing_what_waits_asks_first_and_closes_when_it_is_meant(desk, ticket, other):
    link_tickets(other, ticket, "blocks")
    assert "This ticket waits for another one that is still open" in page_of(desk, ticket)

    asked = desk.post(address(ticket, "closure"))
    assert asked.status_code == 409 and "Burrs are out of stock" in asked.content.decode()
    assert not fresh(ticket).is_closed
    desk.post(address(ticket, "closure"), {"even_blocked": "1"})
    assert fresh(ticket).is_closed


def test_a_status_that_closes_asks_too(desk, ticket, other, support):
    link_tickets(other, ticket, "blocks")
    closed = support.workflow.closing_status()
    asked = desk.post(address(ticket, "status"), {"status": closed.pk})
    assert asked.status_code == 409 and f'name="status" value="{closed.pk}"' in asked.content.decode()

    desk.post(address(ticket, "status"), {"status": closed.pk, "even_blocked": "1"})
    assert fresh(ticket).is_closed


def test_an_answer_that_would_close_it_comes_back_with_its_words(desk, ticket, other, support):
    link_tickets(other, ticket, "blocks")
    given = {"mode": "reply", "text": "It is done.", "then": support.workflow.closing_status().pk, "form_key": "k" * 22}
    response = desk.post(address(ticket, "replies"), given)

    assert response.status_code == 409 and "It is done." in response.content.decode()
    assert ticket.messages.count() == 1 and not fresh(ticket).is_closed


def test_an_answer_that_is_meant_to_close_it_does(desk, ticket, other, support):
    link_tickets(other, ticket, "blocks")
    given = {"mode": "reply", "text": "It is done.", "then": support.workflow.closing_status().pk, "form_key": "k" * 22}

    desk.post(address(ticket, "replies"), {**given, "confirmed": "blocked"})

    assert ticket.messages.count() == 2 and fresh(ticket).is_closed


def test_nobody_is_asked_once_what_was_in_the_way_is_closed(desk, ticket, other):
    link_tickets(other, ticket, "blocks")
    close_ticket(other)
    desk.post(address(ticket, "closure"))

    assert fresh(ticket).is_closed


# --- Rights -----------------------------------------------------------------------------------------
def test_a_foreign_ticket_is_no_ticket(desk, ticket, foreign):
    before = foreign.events.count()
    response = desk.post(address(ticket), {"number": foreign.number, "way": "related"})

    assert response.status_code == 404 and "Contract" not in response.content.decode()
    assert (TicketLink.objects.count(), foreign.events.count()) == (0, before)


def test_who_does_not_see_the_other_one_gets_no_hint_of_it(desk, bob, ticket, foreign):
    link = link_tickets(foreign, ticket, "blocks", by=bob)
    page = page_of(desk, ticket)

    assert foreign.number not in page and "Contract" not in page and "Has to be closed first" not in page
    assert "linked this ticket with another one" in page
    assert desk.post(address(ticket, f"links/{link.pk}/removal")).status_code == 404
    desk.post(address(ticket, "closure"))
    assert fresh(ticket).is_closed and TicketLink.objects.exists()


def test_reading_there_is_not_enough_and_notes_are_not_enough_to_make_it_wait(desk, alice, sales, ticket, foreign):
    grant_role(alice, sales, RoleKey.OBSERVER)
    assert desk.post(address(ticket), {"number": foreign.number, "way": "blocks"}).status_code == 403
    assert not TicketLink.objects.exists()
    assert desk.post(address(ticket), {"number": foreign.number, "way": "waits"}).status_code == 302


def test_other_departments_and_readers_change_nothing(desk_of, bob, support, ticket, other):
    link = link_tickets(ticket, other, "related")
    reader = make_staff("Rita", support, role=RoleKey.OBSERVER)
    for person, status in ((bob, 404), (reader, 403)):
        browser = desk_of(person)
        assert browser.post(address(ticket), {"number": other.number, "way": "blocks"}).status_code == status
        assert browser.post(address(ticket, f"links/{link.pk}/removal")).status_code == status
    assert list(TicketLink.objects.values_list("kind", flat=True)) == ["related"]


def test_who_may_not_know_the_customer_reads_no_name_of_a_linked_one(desk_of, support, ticket):
    hidden = make_ticket("For Marta Zyskowska", department=support, customer=make_customer("Marta Zyskowska"))
    link_tickets(hidden, ticket, "blocks")
    browser = desk_of(make_staff("Carla", support, sees_customers=False))

    for page in (
        page_of(browser, ticket),
        browser.get(address(ticket)).content.decode(),
        browser.post(address(ticket, "closure")).content.decode(),
    ):
        assert hidden.number in page and "Marta" not in page and "Zyskowska" not in page


def test_links_cost_one_query_however_many_and_none_without(desk, support, kasia, ticket):
    costs = []
    for many in (0, 1, 4):
        for number in range(many):
            link_tickets(ticket, make_ticket(f"{many} {number}", department=support, customer=kasia), "related")
        page_of(desk, ticket)
        with CaptureQueriesContext(connection) as queries:
            page_of(desk, ticket)
        costs.append(len(queries))

    assert costs[2] == costs[1] <= costs[0] + 2  # the numbers in the history, too
