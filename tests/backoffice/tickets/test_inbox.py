"""The inbox: which tickets stand in which list, under which heading, and what a row may tell."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from customers.models import Customer
from permissions.rights import DepartmentRight, StatusRight, StoreRight
from permissions.services import grant
from tests.make import give_all_but, make_customer, make_message, make_staff, make_store, make_ticket
from tickets.choices import Priority
from tickets.models import Ticket
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db


def listed(client, address="/desk/?view=open"):
    page = client.get(address).content.decode()
    return re.findall(r'<div class="row-subject"><a href="[^"]+" dir="auto">([^<]*)</a>', re.sub("</?mark>", "", page))


def headings(client, address="/desk/?view=open"):
    return re.findall(r'id="group-(\w+)"', client.get(address).content.decode())


def set_due(ticket, **ago):
    Ticket.objects.filter(pk=ticket.pk).update(answer_due_at=timezone.now() - timedelta(**ago))


def test_the_desk_opens_with_ones_own_tickets(desk, alice, support):
    mine, _other = make_ticket("Mine", department=support), make_ticket("Nobody's", department=support)
    lifecycle.assign_ticket(mine, to=alice)

    assert listed(desk, "/desk/") == ["Mine"]


def test_each_list_holds_its_own(desk, alice, support):
    taken, free, closed = (make_ticket(name, department=support) for name in ("Taken", "Free", "Closed"))
    lifecycle.assign_ticket(taken, to=alice)
    lifecycle.close_ticket(closed, by=alice)

    assert listed(desk, "/desk/?view=unassigned") == ["Free"]
    assert sorted(listed(desk, "/desk/?view=open")) == ["Free", "Taken"]
    assert listed(desk, "/desk/?view=closed") == ["Closed"]
    assert len(listed(desk, "/desk/?view=all")) == 3
    assert free.assignee is None


def test_a_list_of_one_department(desk, desk_of, support, sales, alice):
    grant(alice, DepartmentRight.VIEW, sales)
    for status in sales.workflow.statuses.all():
        grant(alice, StatusRight.VIEW, status)
    make_ticket("A grinder", department=support)
    make_ticket("An offer", department=sales)

    assert listed(desk, f"/desk/?view=open&department={sales.pk}") == ["An offer"]


def test_tickets_of_other_departments_and_hidden_statuses_are_in_no_list(desk, alice, support, sales):
    make_ticket("Secret offer", department=sales)
    hidden = make_ticket("Hidden", department=support)
    give_all_but(hidden.status, StatusRight.VIEW, alice)

    for view in ("mine", "unassigned", "unread", "open", "closed", "all"):
        assert listed(desk, f"/desk/?view={view}") == []
    assert listed(desk, "/desk/?q=offer") == []
    assert listed(desk, f"/desk/?view=open&department={sales.pk}") == []


def test_unread_is_what_was_said_since_one_last_looked(desk, alice, support):
    ticket = make_ticket(department=support)
    assert listed(desk, "/desk/?view=unread") == [ticket.subject]

    desk.get(f"/desk/tickets/{ticket.number}/")
    assert listed(desk, "/desk/?view=unread") == []

    make_message(ticket, "And another thing.")
    assert listed(desk, "/desk/?view=unread") == [ticket.subject]


def test_lists_are_grouped_by_what_was_promised(desk, alice, support):
    late, later, waiting = (make_ticket(name, department=support) for name in ("Late", "Later", "Waiting"))
    make_ticket("Nothing promised", department=support)
    set_due(late, minutes=25)
    set_due(later, days=-9)
    lifecycle.reply_as_staff(waiting, text="Which one?", by=alice)

    assert headings(desk) == ["late", "later", "ours", "waiting"]
    assert listed(desk) == ["Late", "Later", "Nothing promised", "Waiting"]
    assert "25 min late" in desk.get("/desk/?view=open").content.decode()


def test_a_department_that_promises_an_answer_sets_the_deadline(support, alice):
    support.answer_hours = 4
    support.save()
    ticket = make_ticket(department=support)
    first_due = ticket.answer_due_at
    assert abs(first_due - ticket.created_at - timedelta(hours=4)) < timedelta(seconds=5)

    make_message(ticket, "Hello?")
    make_message(ticket, "A note.", by=alice, note=True)
    ticket.refresh_from_db()
    assert ticket.answer_due_at == first_due

    make_message(ticket, "Here is the answer.", by=alice)
    ticket.refresh_from_db()
    assert (ticket.answer_due_at, ticket.waiting_since) == (None, None)


def test_search_finds_by_number_subject_words_and_customer(desk, support, kasia):
    ticket = make_ticket("The kettle leaks", department=support, customer=kasia, text="Since the thunderstorm.")
    make_ticket("Another", department=support, customer=make_customer("Nour Haddad"))

    for words in (ticket.number, "kettle", "thunderstorm", "kasia", "KETTLE thunder", "601220214"):
        assert listed(desk, f"/desk/?q={words}") == ["The kettle leaks"], words
    assert listed(desk, "/desk/?q=nothing-like-it") == []


def test_filters_of_priority_and_department_narrow_the_list(desk, alice, support):
    urgent = make_ticket("Urgent", department=support, priority=Priority.URGENT)
    make_ticket("Normal", department=support)

    assert listed(desk, f"/desk/?view=open&priority={Priority.URGENT.value}") == [urgent.subject]
    assert len(listed(desk, "/desk/?view=open&priority=nonsense&department=x")) == 2


def test_a_day_is_typed_in_either_calendar_and_a_wrong_one_says_why(desk, alice, support):
    old = make_ticket("Old", department=support)
    Ticket.objects.filter(pk=old.pk).update(last_message_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    new = make_ticket("New", department=support)
    Ticket.objects.filter(pk=new.pk).update(last_message_at=datetime(2026, 3, 25, 12, tzinfo=UTC))

    for typed in ("2026-03-21", "۱۴۰۵/۰۱/۰۱", "1405-1-1", "21.3.2026"):
        assert listed(desk, f"/desk/?view=open&since={quote(typed)}") == [new.subject]
    page = desk.get("/desk/?view=open&since=1405/13/1").content.decode()
    assert 'value="1405/13/1"' in page and 'id="since_error"' in page
    assert len(listed(desk, "/desk/?view=open&since=9999-12-31")) == 2


@pytest.fixture
def dan(support, ticket):
    """Works in Support, but customer data is closed to him."""
    return make_staff("Dan Moreau", support, sees_customers=False)


def test_without_the_right_a_customer_is_a_number(desk_of, dan, ticket):
    page = desk_of(dan).get("/desk/?view=open").content.decode()

    assert ticket.subject in page
    assert "Kasia" not in page
    assert f"Customer {ticket.customer_id}" in page


@pytest.mark.parametrize("words", ["Kasia", "nowak", "kasia@mail.example", "+48601220214", "601220214"])
def test_without_the_right_a_search_does_not_tell_whose_ticket_it_is(desk, desk_of, dan, ticket, words):
    assert listed(desk, f"/desk/?q={words}") == [ticket.subject]
    assert listed(desk_of(dan), f"/desk/?q={words}") == []


def test_without_the_right_subject_words_and_number_are_still_found(desk_of, dan, ticket):
    for words in ("grinder", "Monday", ticket.number):
        assert listed(desk_of(dan), f"/desk/?q={words}") == [ticket.subject]


def test_without_the_right_a_note_is_found_by_what_stands_open_in_it(desk_of, dan, ticket, alice):
    make_message(ticket, "Kasia is a journalist.", by=alice, note=True)

    assert listed(desk_of(dan), "/desk/?q=journalist") == [ticket.subject]
    assert listed(desk_of(dan), "/desk/?q=kasia+journalist") == []


def test_the_right_in_one_store_opens_no_names_of_another(desk_of, support, alice):
    second = make_store()
    there = make_ticket("Elsewhere", department=support, store=second, customer=make_customer("Nour Haddad"))

    page = desk_of(alice).get("/desk/?view=open").content.decode()

    assert there.subject in page
    assert "Nour" not in page
    grant(alice, StoreRight.VIEW_CUSTOMERS, second)
    assert "Nour" in desk_of(alice).get("/desk/?view=open").content.decode()


def test_many_tickets_are_met_page_by_page(desk, support, monkeypatch):
    monkeypatch.setattr("backoffice.tickets.listing.PAGE_SIZE", 3)
    for number in range(8):
        make_ticket(f"Ticket {number}", department=support)

    met, address = [], "/desk/?view=open"
    while address:
        page = desk.get(address).content.decode()
        met += re.findall(r"dir=\"auto\">(Ticket \d)</a>", page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/desk/" + further.group(1).replace("&amp;", "&") if further else ""

    assert met == [f"Ticket {number}" for number in range(7, -1, -1)]
    assert 'rel="prev"' in page


def test_an_empty_list_says_so_and_leads_on(desk, ticket):
    page = desk.get("/desk/").content.decode()

    assert "Nothing waits for you." in page
    assert 'data-words="nobodys"' in page
    assert desk.get("/desk/counts/").json()["words"]["nobodys"] == "Unassigned tickets: 1"
    assert "No ticket fits." in desk.get("/desk/?q=zebra").content.decode()


def test_what_people_typed_is_shown_as_typed(desk, support):
    make_ticket('<script>alert("x")</script>', department=support, text="<b>bold</b>")

    page = desk.get("/desk/?view=open").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_several_tickets_are_taken_or_closed_at_once_and_the_rest_is_named(desk, alice, support, sales):
    tickets = [make_ticket(f"Ticket {number}", department=support) for number in range(2)]
    elsewhere = make_ticket("Elsewhere", department=sales)
    numbers = [ticket.number for ticket in [*tickets, elsewhere]]

    page = desk.post("/desk/tickets/chosen/", {"deed": "take", "ticket": numbers}, follow=True).content.decode()

    assert set(Ticket.objects.filter(assignee=alice)) == set(tickets)
    assert "Done for 2 of 2 tickets." in page
    assert "1 of those chosen is not there for you." in page

    desk.post("/desk/tickets/chosen/", {"deed": "close", "ticket": numbers})
    assert set(Ticket.objects.closed()) == set(tickets)


def test_choosing_needs_the_right_for_each_ticket(desk_of, support, ticket):
    watcher = make_staff("Watcher", support, role="observer")
    desk = desk_of(watcher)

    desk.post("/desk/tickets/chosen/", {"deed": "take", "ticket": [ticket.number]})
    desk.post("/desk/tickets/chosen/", {"deed": "close", "ticket": [ticket.number]})

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.closed_at) == (None, None)


def test_there_are_customers_to_hide_in_these_tests(ticket):
    assert Customer.objects.filter(name="Kasia Nowak").exists()
