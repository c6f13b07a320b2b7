"""The buttons of a status: where they lead, what they write down, and who comes too late."""

import pytest

from statuses.models import StatusKind
from tests.attacks.test_at_the_same_moment import one_then_another
from tests.make import make_action, make_department, make_staff, make_status, make_ticket, ticket_now
from tickets.choices import Kind
from tickets.errors import ActionOfAnotherStatus, ChangedMeanwhile
from tickets.services.actions import perform_action
from tickets.services.lifecycle import add_note, change_status

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
def ticket(support, payment, alice):
    return change_status(make_ticket(department=support), to=payment, by=alice)


def status(support, kind):
    return support.workflow.status_of_kind(kind)


def last_kinds(ticket, count):
    return list(ticket.events.order_by("pk").values_list("kind", flat=True))[-count:]


def test_an_action_moves_the_ticket_and_says_from_where_to_where(support, payment, ticket, alice):
    work = status(support, StatusKind.OPEN)
    action = make_action(payment, target=work)

    perform_action(ticket, action, by=alice, seen_version=ticket.version)

    assert ticket_now(ticket).status == work
    event = ticket.events.latest("pk")
    assert (event.kind, event.actor) == (Kind.ACTION_DONE, alice)
    assert event.details == {"action": action.pk, "before": payment.pk, "after": work.pk}


def test_an_action_without_a_target_is_written_down_and_leaves_the_ticket_where_it_is(payment, ticket, alice):
    perform_action(ticket, make_action(payment, "Reminded"), by=alice)

    assert ticket_now(ticket).status == payment
    assert ticket.events.latest("pk").details["after"] == payment.pk


def test_an_action_that_leads_to_a_closed_status_closes_and_one_that_leads_out_opens_again(support, payment, ticket, alice):
    solved = status(support, StatusKind.CLOSED)
    closed = perform_action(ticket, make_action(payment, "Written off", target=solved), by=alice)

    assert closed.is_closed
    assert last_kinds(ticket, 2) == [Kind.ACTION_DONE, Kind.CLOSED]

    opened = perform_action(closed, make_action(solved, "Take up again", target=payment), by=alice)

    assert not opened.is_closed
    assert opened.status == payment
    assert last_kinds(ticket, 2) == [Kind.ACTION_DONE, Kind.REOPENED]


def test_an_action_of_a_status_the_ticket_has_left_does_nothing(support, payment, ticket, alice):
    action = make_action(payment, target=status(support, StatusKind.OPEN))
    perform_action(ticket, action, by=alice)

    with pytest.raises(ActionOfAnotherStatus):
        perform_action(ticket, action, by=alice)

    assert last_kinds(ticket, 2) == [Kind.STATUS_CHANGED, Kind.ACTION_DONE]


def test_who_had_an_older_ticket_before_their_eyes_is_told(payment, ticket, alice):
    seen = ticket.version
    add_note(ticket, text="The bank called.", by=alice)

    with pytest.raises(ChangedMeanwhile):
        perform_action(ticket, make_action(payment, "Reminded"), by=alice, seen_version=seen)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_the_second_is_told_and_it_is_done_once(support, payment, ticket, alice):
    bea = make_staff("Bea", support)
    action = make_action(payment, target=status(support, StatusKind.OPEN))

    failures = one_then_another(
        lambda: perform_action(ticket, action, by=alice, seen_version=ticket.version),
        lambda: perform_action(ticket, action, by=bea, seen_version=ticket.version),
    )

    assert [type(failure) for failure in failures] == [ActionOfAnotherStatus]
    assert ticket.events.filter(kind=Kind.ACTION_DONE).get().actor == alice
