"""Actions that are done by themselves: when, how often, and what keeps them from going round for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from automations import timed
from automations.models import TimedRun
from statuses.models import ActionDeed, FiresSince, GivesTo, StatusKind
from tests.attacks.test_at_the_same_moment import one_then_another
from tests.make import make_action, make_department, make_message, make_staff, make_status, make_ticket, ticket_now
from tickets.choices import Kind
from tickets.models import Ticket
from tickets.services.lifecycle import change_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def payment(support):
    return make_status(support.workflow, "Waiting for payment")


@pytest.fixture
def closing(support, payment):
    """Unpaid for two days: closed."""
    return make_action(payment, "Give up", target=support.workflow.closing_status(), fires_after_hours=48)


@pytest.fixture
def ticket(support, payment, alice):
    return change_status(make_ticket(department=support), to=payment, by=alice)


def stand(ticket, *, hours, since_message=None):
    """Let the ticket have stood in its status for so long, its last message so long ago (as long, unless said)."""
    now = timezone.now()
    message = now - timedelta(hours=hours if since_message is None else since_message)
    Ticket.objects.filter(pk=ticket.pk).update(status_since=now - timedelta(hours=hours), last_message_at=message)


def done(ticket):
    return ticket.events.filter(kind=Kind.ACTION_DONE).count()


def test_a_ticket_that_stood_long_enough_is_moved_by_itself(ticket, closing):
    stand(ticket, hours=49)

    assert timed.fire_due_actions() == 1

    assert ticket_now(ticket).is_closed
    event = ticket.events.get(kind=Kind.ACTION_DONE)
    assert (event.actor, event.by_customer) == (None, False)


@pytest.mark.parametrize("hours, since_message", [(47, 60), (60, 47)])
def test_it_counts_from_the_last_message_and_from_coming_here_whichever_is_later(ticket, closing, hours, since_message):
    stand(ticket, hours=hours, since_message=since_message)

    assert timed.fire_due_actions() == 0
    assert not ticket_now(ticket).is_closed


def test_counted_since_it_came_here_what_is_said_meanwhile_puts_nothing_off(ticket, closing):
    closing.fires_since = FiresSince.ENTERED
    closing.save()
    stand(ticket, hours=49, since_message=1)

    assert timed.fire_due_actions() == 1


def test_what_leaves_the_ticket_where_it_is_is_done_once_in_each_stay(ticket, payment, support, alice):
    make_action(payment, "Remind", fires_after_hours=24)
    stand(ticket, hours=30)
    assert [timed.fire_due_actions(), timed.fire_due_actions()] == [1, 0]

    change_status(ticket, to=support.workflow.status_of_kind(StatusKind.OPEN), by=alice)
    change_status(ticket, to=payment, by=alice)
    stand(ticket, hours=30)

    assert [timed.fire_due_actions(), timed.fire_due_actions()] == [1, 0]
    assert done(ticket) == 2


def test_deleted_and_retired_things_are_left_alone(ticket, closing, payment):
    stand(ticket, hours=60)
    Ticket.objects.update(deleted_at=timezone.now())
    assert timed.fire_due_actions() == 0

    Ticket.objects.update(deleted_at=None)
    closing.archived_at = timezone.now()
    closing.save()
    assert timed.fire_due_actions() == 0


def test_a_message_that_goes_by_itself_is_no_answer_the_customer_waited_for(ticket, payment):
    make_action(payment, "Remind", deed=ActionDeed.REPLY, fires_after_hours=24, text="We still wait for your payment.")
    waits = ticket.waiting_since
    stand(ticket, hours=30)

    timed.fire_due_actions()

    now = ticket_now(ticket)
    assert now.messages.latest("pk").body_text == "We still wait for your payment."
    assert (now.waiting_since, now.first_answered_at) == (waits, None)
    assert now.last_message_at > ticket.last_message_at


def test_what_goes_round_in_circles_stands_still_after_a_while(ticket, payment, support):
    other = make_status(support.workflow, "Elsewhere")
    make_action(payment, "There", target=other, fires_after_hours=0)
    make_action(other, "And back", target=payment, fires_after_hours=0)
    stand(ticket, hours=1)

    rounds = [timed.fire_due_actions() for _round in range(30)]

    assert sum(rounds) == timed.MOST_A_DAY
    assert rounds[-1] == 0
    assert TimedRun.objects.filter(refusal="MovedTooOften").count() == 1


def test_one_that_cannot_be_done_is_tried_later_and_holds_up_nobody(ticket, payment, support, alice, closing):
    stranger = make_staff("Stranger")
    closing.gives_to, closing.person = GivesTo.PERSON, stranger
    closing.save()
    reminder = make_action(payment, "Remind", fires_after_hours=24)
    stand(ticket, hours=60)

    assert timed.fire_due_actions(limit=2) == 1
    assert not ticket_now(ticket).is_closed
    assert TimedRun.objects.get(action=closing).refusal == "AssigneeDoesNotSee"
    assert TimedRun.objects.get(action=reminder).done_at
    assert timed.fire_due_actions() == 0

    closing.gives_to = GivesTo.KEEP
    closing.save()
    TimedRun.objects.filter(action=closing).update(next_try_at=timezone.now() - timedelta(minutes=1))
    assert timed.fire_due_actions() == 1


def test_a_batch_takes_the_longest_waiting_first_and_no_more_than_it_may(support, payment, closing, alice):
    tickets = [change_status(make_ticket(f"Ticket {number}", department=support), to=payment, by=alice) for number in range(3)]
    for number, ticket in enumerate(tickets):
        stand(ticket, hours=60 + number)

    assert timed.fire_due_actions(limit=2) == 2
    assert [ticket_now(ticket).is_closed for ticket in tickets] == [False, True, True]


def test_words_that_arrive_a_moment_before_put_it_off(ticket, closing):
    stand(ticket, hours=49)
    make_message(ticket, "I paid a minute ago.")

    assert timed.fire_due_actions() == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_do_it_once(ticket, payment):
    make_action(payment, "Remind", fires_after_hours=24)
    stand(ticket, hours=30)

    assert one_then_another(timed.fire_due_actions, timed.fire_due_actions) == []

    assert done(ticket) == 1


def test_a_clock_that_dies_on_the_way_leaves_nothing_half_done(ticket, closing, monkeypatch):
    stand(ticket, hours=49)
    monkeypatch.setattr(timed.TimedRun.objects, "update_or_create", lambda **_given: 1 / 0)
    assert timed.fire_due_actions() == 0
    assert not ticket_now(ticket).is_closed
    assert done(ticket) == 0
