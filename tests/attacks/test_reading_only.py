"""Who was given sight and nothing else changes nothing: not by a form, not by many at once, not by what stands beside a ticket."""

import pytest

from notifications.models import Delivery
from permissions.rights import DepartmentRight, RoleKey, StatusRight
from permissions.services import grant
from tests.make import fresh, make_message, make_staff, make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
DEEDS = ["replies", "assignment", "department", "status", "priority", "closure", "reopening", "merge", "deletion"]


@pytest.fixture
def ticket(support, alice):
    ticket = make_ticket(department=support)
    make_message(ticket, "Between us.", by=alice, note=True)
    Delivery.objects.filter(ticket=ticket).update(state="failed")
    return ticket


@pytest.fixture
def reader(support):
    """Sees the department in all its statuses; may not even write a note."""
    reader = make_staff("Reader", sees_customers=False)
    grant(reader, DepartmentRight.VIEW, support)
    for status in support.workflow.statuses.all():
        grant(reader, StatusRight.VIEW, status)
    return reader


@pytest.fixture
def watcher(support):
    """An observer writes notes besides."""
    return make_staff("Watcher", support, role=RoleKey.OBSERVER, sees_customers=False)


def everything_of(ticket):
    return (
        Ticket.objects.filter(pk=ticket.pk).values().get(),
        list(ticket.messages.values()),
        list(ticket.events.values("pk", "kind")),
        list(Delivery.objects.filter(ticket=ticket).values("pk", "state")),
        list(ticket.customer.notes.values()),
    )


def full_form(ticket, other):
    return {
        "text": "Done.",
        "mode": "reply",
        "assignee": "me",
        "department": other.pk,
        "status": ticket.department.workflow.statuses.get(kind="closed").pk,
        "priority": 4,
        "reason": "Because I can.",
        "into": ticket.number,
    }


@pytest.mark.parametrize("who", ["reader", "watcher"])
def test_every_deed_is_refused_and_leaves_everything_as_it_was(ticket, sales, browser_of, request, who):
    browser, before = browser_of(request.getfixturevalue(who)), everything_of(ticket)
    page = f"/desk/tickets/{ticket.number}/"
    note, delivery = ticket.messages.get(kind="note"), Delivery.objects.filter(ticket=ticket, customer__isnull=False).first()
    addresses = [page + f"{deed}/" for deed in DEEDS] + [
        f"{page}notes/{note.pk}/showing/",
        f"{page}deliveries/{delivery.pk}/sending/",
        f"/desk/customers/{ticket.customer_id}/notes/",
    ]

    answers = {address: browser.post(address, full_form(ticket, sales)).status_code for address in addresses}

    # The customer's page is none of theirs at all; everything else they see, and may not do.
    assert {address: status for address, status in answers.items() if status != (404 if "/customers/" in address else 403)} == {}
    assert everything_of(ticket) == before


def test_who_may_not_write_notes_writes_none_by_any_button(ticket, reader, watcher, browser_of):
    page = f"/desk/tickets/{ticket.number}/"
    before = ticket.messages.count()

    for mode in ("note", "reply", "customer", ""):
        assert browser_of(reader).post(f"{page}notes/", {"text": "Hello.", "mode": mode}).status_code == 403
        assert browser_of(watcher).post(f"{page}replies/", {"text": "Hello.", "mode": mode}).status_code == 403
    assert ticket.messages.count() == before

    browser_of(watcher).post(f"{page}notes/", {"text": "Hello.", "mode": "note"})
    assert ticket.messages.latest("pk").kind == "note"


@pytest.mark.parametrize("deed", ["take", "close", "delete", "merge", "", "__class__"])
def test_many_at_once_is_no_way_around(ticket, reader, browser_of, deed):
    before = everything_of(ticket)

    browser_of(reader).post("/desk/tickets/chosen/", {"deed": deed, "ticket": [ticket.number, ticket.number]})

    assert everything_of(ticket) == before


def test_the_page_offers_nothing_that_would_be_refused(ticket, reader, browser_of):
    page = browser_of(reader).get(f"/desk/tickets/{ticket.number}/").text

    for deed in DEEDS:
        assert f"/desk/tickets/{ticket.number}/{deed}/" not in page, deed


def test_one_who_may_assign_but_not_answer_does_not_answer_by_taking(ticket, reader, browser_of, support):
    grant(reader, DepartmentRight.ASSIGN, support)
    browser = browser_of(reader)
    browser.post("/desk/tickets/chosen/", {"deed": "take", "ticket": [ticket.number]})
    assert fresh(ticket).assignee == reader

    assert browser.post(f"/desk/tickets/{ticket.number}/replies/", {"text": "Hello."}).status_code == 403
