from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from tests.make import make_customer, make_department, make_message, make_store, make_ticket
from tickets.models import Message, Ticket
from tickets.services.lifecycle import close_ticket
from tickets.services.retention import months_before, remove_overdue

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store(retention_months=12)


@pytest.fixture
def support(store):
    return make_department("Support", store=store)


def closed(department, days, **fields):
    ticket = make_ticket(department=department, **fields)
    make_message(ticket, "And the invoice, please.")
    close_ticket(ticket)
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timedelta(days=days))
    return ticket


def left():
    return set(Ticket.objects.values_list("pk", flat=True))


def test_what_was_closed_long_enough_ago_is_gone_with_all_that_was_said(support):
    old, young, still_open = closed(support, 400), closed(support, 300), make_ticket(department=support)

    assert remove_overdue() == 1

    assert left() == {young.pk, still_open.pk}
    assert not Message.objects.filter(ticket=old.pk).exists()
    line = AuditLine.objects.filter(deed=Deed.TICKET_DELETED).get()
    assert (line.subject_type, line.after["tickets"]) == ("store", 1)


def test_a_store_that_keeps_for_ever_keeps(store, support):
    store.retention_months = None
    store.save()
    ticket = closed(support, 4000)

    assert remove_overdue() == 0
    assert left() == {ticket.pk}


def test_another_stores_tickets_stay(store, support):
    other = make_department("Sales", store=make_store(address="other"))
    kept = closed(other, 400)
    closed(support, 400)

    remove_overdue()

    assert left() == {kept.pk}


def test_what_was_merged_goes_and_stays_with_where_it_goes_on(support):
    kasia = make_customer()
    goes_on, merged = closed(support, 100, customer=kasia), closed(support, 400, customer=kasia)
    Ticket.objects.filter(pk=merged.pk).update(merged_into=goes_on)

    assert remove_overdue() == 0
    Ticket.objects.filter(pk=goes_on.pk).update(closed_at=timezone.now() - timedelta(days=400))
    assert remove_overdue() == 2
    assert left() == set()


def test_it_goes_in_batches(support):
    for _number in range(3):
        closed(support, 400)

    assert [remove_overdue(limit=2), remove_overdue(limit=2), remove_overdue(limit=2)] == [2, 1, 0]


def test_a_short_month_ends_earlier():
    assert months_before(datetime(2026, 3, 31, 8, tzinfo=UTC), 1) == datetime(2026, 2, 28, 8, tzinfo=UTC)
    assert months_before(datetime(2026, 1, 15, tzinfo=UTC), 13) == datetime(2024, 12, 15, tzinfo=UTC)
