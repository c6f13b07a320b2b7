"""A second matter in one ticket becomes a ticket of its own, and one again."""

import pytest

from notifications.choices import Template
from notifications.models import Delivery
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket
from tickets.choices import Kind, LinkKind
from tickets.errors import DepartmentIsGone, NothingToSplit, NothingWouldStay
from tickets.models import Ticket, TicketLink
from tickets.services.merging import merge_tickets
from tickets.services.splitting import split_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support", answer_hours=4)


@pytest.fixture
def sales(support):
    return make_department("Sales", answer_hours=8)


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def ticket(support):
    return make_ticket(department=support, customer=make_customer("Kasia Nowak"), text="It rattles since Monday.")


def said(ticket):
    return list(ticket.messages.order_by("created_at", "pk").values_list("body_text", flat=True))


def test_one_message_becomes_a_ticket_of_the_same_customer(ticket, sales, alice):
    second = make_message(ticket, "And I want a second invoice.")
    make_message(ticket, "Still rattling.")

    new = split_ticket(ticket, message=second, department=sales, subject="Invoice", by=alice)

    assert (new.customer, new.department, new.subject, new.store) == (ticket.customer, sales, "Invoice", ticket.store)
    assert said(new) == ["And I want a second invoice."]
    assert said(ticket) == ["It rattles since Monday.", "Still rattling."]
    assert (new.status, new.waiting_since) == (sales.workflow.first_status(), second.created_at)
    assert (new.last_words, fresh(ticket).last_words) == ("And I want a second invoice.", "Still rattling.")
    assert list(Ticket.objects.matching("invoice")) == [new]


def test_all_that_came_later_may_come_along_with_its_notes(ticket, sales, alice):
    second = make_message(ticket, "And an invoice.")
    make_message(ticket, "He means the one of May.", by=alice, note=True)
    make_message(ticket, "Here it is.", by=alice)

    new = split_ticket(ticket, message=second, and_later=True, department=sales, subject="Invoice", by=alice)

    assert said(new) == ["And an invoice.", "He means the one of May.", "Here it is."]
    assert new.waits_for_customer and new.waiting_since is None and new.first_answered_at
    ticket = fresh(ticket)
    assert (said(ticket), ticket.first_answered_at, bool(ticket.waiting_since)) == (["It rattles since Monday."], None, True)


def test_both_sides_say_so_and_are_linked(ticket, sales, alice):
    second = make_message(ticket, "And an invoice.")
    new = split_ticket(ticket, message=second, department=sales, subject="Invoice", by=alice)

    here, there = ticket.events.get(kind=Kind.SPLIT), new.events.get(kind=Kind.SPLIT)
    assert (here.details["into"], there.details["source"], here.details["messages"]) == (new.pk, ticket.pk, [second.pk])
    assert TicketLink.objects.values_list("source", "target", "kind").get() == (ticket.pk, new.pk, LinkKind.SPLIT)


def test_the_new_department_hears_of_it_and_the_customer_does_not(ticket, sales, alice):
    bob = make_staff("Bob", sales)
    second = make_message(ticket, "And an invoice.")
    before = Delivery.objects.exclude(customer=None).count()
    new = split_ticket(ticket, message=second, department=sales, subject="Invoice", by=alice)

    assert Delivery.objects.filter(ticket=new, template=Template.OPENED, user=bob, channel="in_app").exists()
    assert Delivery.objects.exclude(customer=None).count() == before


def test_merging_it_back_undoes_it(ticket, sales, alice):
    second = make_message(ticket, "And an invoice.")
    new = split_ticket(ticket, message=second, department=sales, subject="Invoice", by=alice)
    merge_tickets(new, into=ticket, by=alice)

    assert said(ticket) == ["It rattles since Monday.", "And an invoice."]


def test_notes_and_all_there_is_make_no_second_ticket(ticket, sales, alice):
    note = make_message(ticket, "Between us.", by=alice, note=True)
    with pytest.raises(NothingToSplit):
        split_ticket(ticket, message=note, department=sales, subject="x", by=alice)
    with pytest.raises(NothingWouldStay):
        split_ticket(ticket, message=ticket.messages.first(), department=sales, subject="x", by=alice)
    other = make_ticket("Another", department=sales)
    with pytest.raises(NothingToSplit):
        split_ticket(ticket, message=other.messages.get(), department=sales, subject="x", by=alice)
    second = make_message(ticket, "And an invoice.")
    sales.archived_at = second.created_at
    sales.save()
    with pytest.raises(DepartmentIsGone):
        split_ticket(ticket, message=second, department=sales, subject="x", by=alice)
    assert Ticket.objects.count() == 2
