"""A ticket that sleeps is out of the way until its moment, its customer or somebody wakes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.choices import Template
from notifications.models import Delivery
from tests.make import fresh, make_customer, make_department, make_staff, make_ticket
from tickets.choices import Kind
from tickets.errors import ClosedCannotSleep, SleepOutOfReach, TicketIsMerged
from tickets.models import Ticket
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import assign_ticket, close_ticket, pass_on_ticket, reopen_ticket, reply_as_customer, reply_as_staff
from tickets.services.merging import merge_tickets
from tickets.services.snoozing import snooze_ticket, wake_due, wake_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def kasia():
    return make_customer("Kasia Nowak")


@pytest.fixture
def ticket(support, kasia):
    return make_ticket(department=support, customer=kasia)


def tomorrow():
    return timezone.now() + timedelta(days=1)


def kinds(ticket):
    return list(ticket.events.order_by("pk").values_list("kind", flat=True))


def let_its_time_come(ticket):
    Ticket.objects.filter(pk=ticket.pk).update(snoozed_until=timezone.now() - timedelta(seconds=1))


def test_it_sleeps_until_then_and_who_did_it_is_kept(ticket, alice):
    until = tomorrow()
    version = fresh(ticket).version
    snooze_ticket(ticket, until=until, by=alice)

    ticket = fresh(ticket)
    assert (ticket.snoozed_until, ticket.sleeps_through, ticket.version) == (until, False, version + 1)
    event = ticket.events.latest("pk")
    assert (event.kind, event.actor, event.details) == (Kind.SNOOZED, alice, {"until": until.isoformat(), "sleeps_through": False})
    assert (
        list(Ticket.objects.awake()) == [] and list(Ticket.objects.snoozed()) == [ticket] and list(Ticket.objects.still_open()) == [ticket]
    )


def test_what_the_customer_writes_wakes_it_and_says_so(ticket, alice):
    snooze_ticket(ticket, until=tomorrow(), by=alice)
    reply_as_customer(ticket, text="It is worse now.")

    assert fresh(ticket).snoozed_until is None
    assert kinds(ticket)[-2:] == [Kind.CUSTOMER_REPLIED, Kind.WOKEN]
    assert ticket.events.latest("pk").by_customer


def test_one_that_sleeps_through_sleeps_on(ticket, alice):
    until = tomorrow()
    snooze_ticket(ticket, until=until, sleeps_through=True, by=alice)
    reply_as_customer(ticket, text="Any news?")

    assert fresh(ticket).snoozed_until == until
    assert kinds(ticket)[-1] == Kind.CUSTOMER_REPLIED


def test_our_own_answer_lets_it_sleep(ticket, alice):
    until = tomorrow()
    snooze_ticket(ticket, until=until, by=alice)
    reply_as_staff(ticket, text="The part comes tomorrow.", by=alice)

    assert fresh(ticket).snoozed_until == until


def test_it_is_woken_by_hand_once(ticket, alice):
    snooze_ticket(ticket, until=tomorrow(), by=alice)
    wake_ticket(ticket, by=alice)
    wake_ticket(ticket, by=alice)

    assert fresh(ticket).snoozed_until is None
    assert kinds(ticket).count(Kind.WOKEN) == 1


def test_the_clock_wakes_what_is_due_once_and_nothing_else(ticket, alice, support, kasia):
    later = make_ticket("Later", department=support, customer=kasia)
    for one in (ticket, later):
        snooze_ticket(one, until=tomorrow(), by=alice)
    let_its_time_come(ticket)

    assert (wake_due(), wake_due()) == (1, 0)
    assert (fresh(ticket).snoozed_until, fresh(later).is_snoozed) == (None, True)
    assert kinds(ticket)[-1] == Kind.WOKEN and not ticket.events.latest("pk").actor


def test_who_has_it_is_told_else_who_put_it_to_sleep(ticket, alice, support):
    dan = make_staff("Dan", support)
    snooze_ticket(ticket, until=tomorrow(), by=alice)
    let_its_time_come(ticket)
    wake_due()
    told = Delivery.objects.filter(template=Template.WOKEN, channel="in_app")
    assert [delivery.user for delivery in told] == [alice]

    assign_ticket(ticket, to=dan, by=alice)
    snooze_ticket(ticket, until=tomorrow(), by=alice)
    let_its_time_come(ticket)
    wake_due()
    assert [delivery.user for delivery in told.order_by("pk")] == [alice, dan]


def test_nobody_is_told_when_it_is_woken_by_hand(ticket, alice):
    snooze_ticket(ticket, until=tomorrow(), by=alice)
    wake_ticket(ticket, by=make_staff("Dan", ticket.department))

    assert not Delivery.objects.filter(template=Template.WOKEN).exists()


def test_closing_ends_its_sleep_and_opening_does_not_begin_it_again(ticket, alice):
    snooze_ticket(ticket, until=tomorrow(), sleeps_through=True, by=alice)
    close_ticket(ticket, by=alice)
    assert (fresh(ticket).snoozed_until, fresh(ticket).sleeps_through) == (None, False)
    assert Kind.WOKEN not in kinds(ticket)

    reopen_ticket(ticket, by=alice)
    assert fresh(ticket).snoozed_until is None


def test_another_department_gets_it_awake(ticket, alice):
    snooze_ticket(ticket, until=tomorrow(), sleeps_through=True, by=alice)
    pass_on_ticket(ticket, to=make_department("Sales"), by=alice)

    assert fresh(ticket).snoozed_until is None
    assert kinds(ticket)[-2:] == [Kind.PASSED_ON, Kind.WOKEN]


def test_a_closed_one_and_a_moment_that_is_over_are_refused(ticket, alice):
    for until in (timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(days=400)):
        with pytest.raises(SleepOutOfReach):
            snooze_ticket(ticket, until=until, by=alice)
    close_ticket(ticket, by=alice)
    with pytest.raises(ClosedCannotSleep):
        snooze_ticket(ticket, until=tomorrow(), by=alice)
    assert not fresh(ticket).is_snoozed


def test_a_merged_one_is_awake_and_stays_so(ticket, alice, support, kasia):
    into = make_ticket("Again", department=support, customer=kasia)
    snooze_ticket(ticket, until=tomorrow(), by=alice)
    merge_tickets(ticket, into=into, by=alice)

    assert not fresh(ticket).is_snoozed
    with pytest.raises(TicketIsMerged):
        snooze_ticket(ticket, until=tomorrow(), by=alice)


def test_a_deleted_one_is_not_woken(ticket, alice):
    snooze_ticket(ticket, until=tomorrow(), by=alice)
    delete_ticket(ticket, by=alice)
    let_its_time_come(ticket)

    assert wake_due() == 0
