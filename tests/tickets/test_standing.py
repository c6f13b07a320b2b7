"""A customer's row says of their tickets what is so, after everything that can happen to one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.services import adopt_visitor_tickets
from tests.make import fresh, make_customer, make_department, make_message, make_person, make_staff, make_store, make_ticket
from tickets.models import Ticket
from tickets.services.deleting import delete_ticket, restore_ticket
from tickets.services.lifecycle import close_ticket, rate_ticket, reopen_ticket
from tickets.services.merging import merge_tickets
from tickets.services.retention import remove_overdue
from tickets.standing import keep_standing

pytestmark = pytest.mark.django_db


def standing(customer):
    row = fresh(customer)
    return row.tickets_count, row.open_tickets, row.last_rating


def test_it_follows_a_tickets_life():
    support = make_department()
    alice, kasia = make_staff("Alice", support), make_customer()
    assert (standing(kasia), kasia.last_message_at) == ((0, 0, None), None)

    ticket = make_ticket(department=support, customer=kasia)
    assert standing(kasia) == (1, 1, None)
    assert fresh(kasia).last_message_at == fresh(ticket).last_message_at
    message = make_message(ticket, by=alice)
    assert fresh(kasia).last_message_at == message.created_at
    ticket = close_ticket(ticket, by=alice)
    assert standing(kasia) == (1, 0, None)
    rate_ticket(ticket, score=2, comment="")
    assert standing(kasia) == (1, 0, 2)
    ticket = reopen_ticket(fresh(ticket), by=alice)
    assert standing(kasia) == (1, 1, 2)
    other = make_ticket(department=support, customer=kasia)
    assert standing(kasia) == (2, 2, 2)
    merge_tickets(other, into=ticket, by=alice)
    assert standing(kasia) == (1, 1, 2)
    ticket = delete_ticket(fresh(ticket), by=alice)
    assert standing(kasia) == (0, 0, None)
    restore_ticket(fresh(ticket), by=alice)
    assert standing(kasia) == (1, 1, 2)


def test_the_rating_that_counts_is_that_of_the_ticket_written_in_last():
    support, kasia = make_department(), make_customer()
    alice = make_staff("Alice", support)
    for score, days in ((5, 1), (1, 9)):
        ticket = close_ticket(make_ticket(department=support, customer=kasia), by=alice)
        rate_ticket(ticket, score=score, comment="")
        Ticket.objects.filter(pk=ticket.pk).update(last_message_at=timezone.now() - timedelta(days=days))
    keep_standing([kasia.pk])

    assert standing(kasia) == (2, 0, 5)


def test_what_retention_removes_is_not_counted():
    store = make_store(retention_months=1)
    support, kasia = make_department(store=store), make_customer()
    old = close_ticket(make_ticket(department=support, customer=kasia), by=make_staff("Alice", support))
    make_ticket(department=support, customer=kasia)
    Ticket.objects.filter(pk=old.pk).update(closed_at=timezone.now() - timedelta(days=90))

    assert remove_overdue() == 1
    assert standing(kasia) == (1, 1, None)


def test_adopted_tickets_count_at_their_new_customer():
    support = make_department()
    visitor, kasia = make_customer("Kasia", account=False, email="kasia@mail.example"), make_person("Kasia")
    alice = make_staff("Alice", support)
    rate_ticket(close_ticket(make_ticket(department=support, customer=visitor), by=alice), score=4, comment="")
    make_ticket(department=support, customer=visitor)

    mine = adopt_visitor_tickets(kasia, email="kasia@mail.example")

    told = standing(mine), fresh(mine).last_message_at
    keep_standing([mine.pk])
    assert told == (standing(mine), fresh(mine).last_message_at)
    assert told[0] == (2, 1, 4)
