"""Two clocks, two mergers, two who undo: what is done at the same moment is done once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import Delivery
from tests.attacks.test_at_the_same_moment import one_then_another
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket
from tickets.choices import Kind, LinkKind, Priority
from tickets.errors import LinkedAlready, LinkInCircle, MergedAway
from tickets.models import Ticket, TicketLink
from tickets.services import bulk
from tickets.services.lifecycle import assign_ticket, close_ticket
from tickets.services.linking import link_tickets
from tickets.services.merging import merge_tickets
from tickets.services.snoozing import snooze_ticket, wake_due
from tickets.services.splitting import split_ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def tickets(support):
    kasia = make_customer("Kasia Nowak")
    return [make_ticket(f"Ticket {number}", department=support, customer=kasia) for number in range(2)]


def test_two_clocks_wake_it_once_and_tell_of_it_once(tickets, alice):
    ticket = tickets[0]
    assign_ticket(ticket, to=alice)
    snooze_ticket(ticket, until=timezone.now() + timedelta(days=1), by=alice)
    Ticket.objects.filter(pk=ticket.pk).update(snoozed_until=timezone.now() - timedelta(seconds=1))

    assert one_then_another(wake_due, wake_due) == []
    assert ticket.events.filter(kind=Kind.WOKEN).count() == 1
    assert Delivery.objects.filter(ticket=ticket, template="woken", channel="in_app").count() == 1


def test_it_is_closed_while_the_clock_would_wake_it(tickets, alice):
    ticket = tickets[0]
    snooze_ticket(ticket, until=timezone.now() + timedelta(days=1), by=alice)
    Ticket.objects.filter(pk=ticket.pk).update(snoozed_until=timezone.now() - timedelta(seconds=1))

    assert one_then_another(lambda: close_ticket(ticket, by=alice), wake_due) == []
    assert (fresh(ticket).is_closed, fresh(ticket).is_snoozed) == (True, False)


def test_of_two_who_merge_both_ways_one_wins(tickets, alice):
    one, two = tickets
    failures = one_then_another(lambda: merge_tickets(one, into=two, by=alice), lambda: merge_tickets(two, into=one, by=alice))

    assert [type(failure) for failure in failures] == [MergedAway]
    assert (fresh(one).merged_into, fresh(two).merged_into) == (two, None)


def test_of_two_links_that_would_make_a_circle_one_stands(tickets, alice):
    one, two = tickets
    failures = one_then_another(lambda: link_tickets(one, two, LinkKind.BLOCKS), lambda: link_tickets(two, one, LinkKind.BLOCKS))
    assert [type(failure) for failure in failures] == [LinkInCircle]

    failures = one_then_another(lambda: link_tickets(one, two, LinkKind.RELATED), lambda: link_tickets(two, one, LinkKind.RELATED))
    assert [type(failure) for failure in failures] == [LinkedAlready]
    assert TicketLink.objects.count() == 2


def test_what_was_split_off_is_split_off_once(tickets, alice, support):
    ticket = tickets[0]
    second = make_message(ticket, "And an invoice.")

    def split():
        split_ticket(ticket, message=second, department=support, subject="Invoice", by=alice)

    assert len(one_then_another(split, split)) == 1
    assert Ticket.objects.count() == 3


def test_a_run_is_undone_once(tickets, alice):
    run = bulk.begin_run("priority", [ticket.pk for ticket in tickets], by=alice)
    bulk.carry_out(run, to=Priority.URGENT)

    assert one_then_another(lambda: bulk.undo_run(run, by=alice), lambda: bulk.undo_run(run, by=alice)) == []
    assert [fresh(ticket).priority for ticket in tickets] == [Priority.NORMAL] * 2
    assert [ticket.events.filter(kind=Kind.PRIORITY_CHANGED).count() for ticket in tickets] == [2, 2]
