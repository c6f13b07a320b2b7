"""All that an action may do besides moving: words, assignment, passing on and back, deleting; and everything that stops one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from custom_fields.models import ActionField, FieldKind
from departments.models import Assignment
from notifications.models import ActionMessage, ActionText, Delivery
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from statuses.models import ActionDeed, GivesTo, StatusKind
from tests.make import (
    make_action,
    make_department,
    make_field,
    make_message,
    make_staff,
    make_status,
    make_team,
    make_ticket,
    make_workflow,
    ticket_now,
)
from tickets.choices import Kind, MessageKind
from tickets.errors import (
    ActionRetired,
    AssigneeDoesNotSee,
    AssigneeMissing,
    DepartmentIsGone,
    DepartmentMissing,
    FieldMissing,
    NotForCustomers,
    NothingToSay,
    TargetRetired,
)
from tickets.field_values import stored_values
from tickets.models import Ticket
from tickets.services.actions import Given, perform_action, plan_action
from tickets.services.lifecycle import assign_ticket, change_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support", answer_hours=4)


@pytest.fixture
def technical(support):
    return make_department("Technical", workflow=make_workflow("Technical"))


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def dan(technical):
    return make_staff("Dan", technical)


@pytest.fixture
def new(support):
    return support.workflow.first_status()


@pytest.fixture
def ticket(support, alice):
    return make_ticket(department=support)


def kinds(ticket, since=0):
    return list(ticket.events.filter(pk__gt=since).order_by("pk").values_list("kind", flat=True))


def last(ticket):
    return ticket.events.latest("pk").pk


def line(ticket):
    return ticket.events.filter(kind=Kind.ACTION_DONE).latest("pk").details


def test_an_answer_goes_out_moves_the_ticket_and_gives_it_to_whoever_answered(ticket, new, support, alice):
    waiting = support.workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER)
    action = make_action(new, "Answer", deed=ActionDeed.REPLY, target=waiting)
    since = last(ticket)

    now = perform_action(ticket, action, by=alice, given=Given(text="Turn it off and on."))

    assert (now.status, now.assignee, now.waiting_since) == (waiting, alice, None)
    assert now.messages.latest("pk").kind == MessageKind.REPLY
    assert now.first_answered_at is not None
    assert kinds(ticket, since) == [Kind.ACTION_DONE, Kind.STAFF_REPLIED, Kind.ASSIGNED]
    assert Delivery.objects.filter(ticket=ticket, template="reply").exists()


def test_a_note_stays_among_staff(ticket, new, alice):
    action = make_action(new, "Remark", deed=ActionDeed.NOTE)

    now = perform_action(ticket, action, by=alice, given=Given(text="She called twice."))

    assert now.messages.latest("pk").kind == MessageKind.NOTE
    assert now.waiting_since == ticket.waiting_since
    assert not Delivery.objects.filter(ticket=ticket, template="reply").exists()


def test_without_words_nothing_is_answered_and_nothing_is_half_done(ticket, new, alice):
    action = make_action(new, "Answer", deed=ActionDeed.REPLY, gives_to=GivesTo.DOER)

    with pytest.raises(NothingToSay):
        perform_action(ticket, action, by=alice)

    assert ticket_now(ticket).assignee is None
    assert not ticket.events.filter(kind=Kind.ACTION_DONE).exists()


def test_deleting_is_one_action_and_no_mail_goes_out(ticket, new, alice):
    action = make_action(new, "Out of office: away with it", deed=ActionDeed.DELETE)
    text = ActionText.objects.create(name="Received", subject="Received", body="Thank you")
    ActionMessage.objects.create(action=action, text=text, recipient="customer")
    ActionMessage.objects.create(action=action, text=text, recipient="address", address="boss@shop.example")
    before = Delivery.objects.count()

    perform_action(ticket, action, by=alice)

    assert Ticket.objects.get(pk=ticket.pk).is_deleted
    assert Delivery.objects.count() == before
    assert kinds(ticket)[-2:] == [Kind.ACTION_DONE, Kind.DELETED]


def test_who_gets_it(ticket, new, support, alice):
    bea, team = make_staff("Bea", support), make_team("Night", alice)
    support.responsible = bea
    support.save()
    assign_ticket(ticket, to=alice, by=alice)
    cases = [
        ({"gives_to": GivesTo.KEEP}, {}, (alice, None)),
        ({"gives_to": GivesTo.TEAM, "team": team}, {}, (None, team)),
        ({"gives_to": GivesTo.PREVIOUS}, {}, (alice, None)),
        ({"gives_to": GivesTo.NOBODY}, {}, (None, None)),
        ({"gives_to": GivesTo.DOER}, {}, (alice, None)),
        ({"gives_to": GivesTo.PERSON, "person": bea}, {}, (bea, None)),
        ({"gives_to": GivesTo.CHOICE}, {"assignee": alice}, (alice, None)),
        ({"gives_to": GivesTo.CHOICE}, {"team": team}, (None, team)),
        ({"gives_to": GivesTo.RESPONSIBLE}, {}, (bea, None)),
    ]
    for number, (fields, given, expected) in enumerate(cases):
        action = make_action(new, f"Action {number}", **fields)
        planned = plan_action(ticket_now(ticket), action, by=alice, given=Given(**given))

        now = perform_action(ticket, action, by=alice, given=Given(**given))

        assert (now.assignee, now.team) == expected == (planned.assignee, planned.team), fields


def test_as_the_department_assigns_is_foreseen_and_done(ticket, new, support, alice):
    bea = make_staff("Bea", support)
    support.members.set([alice, bea])
    support.assignment, support.only_present = Assignment.ROUND_ROBIN, False
    support.save()
    action = make_action(new, "Next one", gives_to=GivesTo.METHOD)

    for _turn in range(3):
        planned = plan_action(ticket_now(ticket), action, by=alice).assignee
        assert planned in (alice, bea)
        assert perform_action(ticket, action, by=alice).assignee == planned


def test_a_choice_that_was_not_made_is_asked_for(ticket, new, alice):
    with pytest.raises(AssigneeMissing):
        perform_action(ticket, make_action(new, gives_to=GivesTo.CHOICE), by=alice)


def test_nobody_is_given_what_they_may_not_see_in_its_new_place(ticket, new, support, technical, alice, dan):
    cases = [
        {"gives_to": GivesTo.PERSON, "person": dan},
        {"gives_to": GivesTo.DOER, "deed": ActionDeed.PASS_ON, "department": technical},
        {"gives_to": GivesTo.TEAM, "team": make_team("Strangers", dan)},
    ]
    for fields in cases:
        with pytest.raises(AssigneeDoesNotSee):
            perform_action(ticket, make_action(new, f"To {fields['gives_to']}", **fields), by=alice)
    assert ticket_now(ticket).department == support
    assert not ticket.events.filter(kind=Kind.ACTION_DONE).exists()


def test_handing_over_and_giving_back_returns_it_to_whoever_had_it(ticket, new, support, technical, alice, dan):
    technical.responsible = dan
    technical.save()
    assign_ticket(ticket, to=alice, by=alice)
    ask = make_action(new, "Ask the technicians", deed=ActionDeed.PASS_ON, department=technical)

    there = perform_action(ticket, ask, by=alice)

    assert (there.department, there.assignee, there.status.workflow) == (technical, dan, technical.workflow)
    assert line(ticket)["before_department"] == support.pk
    back = make_action(there.status, "Give advice", deed=ActionDeed.PASS_ON, gives_to=GivesTo.PREVIOUS)

    home = perform_action(there, back, by=dan)

    assert (home.department, home.assignee, home.status.workflow) == (support, alice, support.workflow)


def test_giving_back_to_somebody_who_lost_sight_of_it_leaves_it_to_the_department(ticket, new, support, technical, alice, dan):
    assign_ticket(ticket, to=alice, by=alice)
    there = perform_action(ticket, make_action(new, "Ask", deed=ActionDeed.PASS_ON, department=technical), by=alice)
    withdraw(alice, DepartmentRight.VIEW, support)

    home = perform_action(there, make_action(there.status, "Back", deed=ActionDeed.PASS_ON, gives_to=GivesTo.PREVIOUS), by=dan)

    assert (home.department, home.assignee) == (support, None)


def test_passing_on_needs_a_place_that_still_is_there(ticket, new, technical, alice):
    with pytest.raises(DepartmentMissing):
        perform_action(ticket, make_action(new, "Somewhere", deed=ActionDeed.PASS_ON), by=alice)
    technical.archived_at = timezone.now()
    technical.save()
    with pytest.raises(DepartmentIsGone):
        perform_action(ticket, make_action(new, "There", deed=ActionDeed.PASS_ON, department=technical), by=alice)


def test_what_was_retired_meanwhile_says_so(ticket, new, support, alice):
    waiting = support.workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER)
    action = make_action(new, target=waiting)
    waiting.archived_at = timezone.now()
    waiting.save()
    with pytest.raises(TargetRetired):
        perform_action(ticket, action, by=alice)
    action.archived_at = timezone.now()
    action.save()
    with pytest.raises(ActionRetired):
        perform_action(ticket, action, by=alice)
    assert ticket_now(ticket).status == new


def test_values_stand_on_the_ticket_and_in_the_line_of_history_but_secrets_never(ticket, new, alice):
    kind, code = make_field("Kind of question", FieldKind.CHOICE, options=["technical", "financial"]), make_field("Code", FieldKind.SECRET)
    action = make_action(new, "Sort it")
    ActionField.objects.create(action=action, field=kind, is_required=True)
    ActionField.objects.create(action=action, field=code)

    perform_action(ticket, action, by=alice, given=Given(values={kind: "technical", code: "hush 4711"}))

    assert stored_values(ticket)[0] == {kind.pk: "technical", code.pk: True}
    assert line(ticket)["fields"] == {str(kind.pk): {"before": None, "after": "technical"}, str(code.pk): {"before": None, "after": True}}
    assert "4711" not in str(list(ticket.events.values_list("details", flat=True)))


def test_a_value_given_once_more_as_it_was_is_told_all_the_same(ticket, new, alice):
    serial = make_field("Serial")
    action = make_action(new, "Note it")
    ActionField.objects.create(action=action, field=serial)
    for _time in range(2):
        perform_action(ticket, action, by=alice, given=Given(values={serial: "A-17"}))

    assert line(ticket)["fields"] == {str(serial.pk): {"before": "A-17", "after": "A-17"}}


def test_a_required_field_names_itself_and_fields_that_are_not_asked_are_not_kept(ticket, new, alice):
    serial, other = make_field("Serial"), make_field("Other")
    action = make_action(new, "Note it")
    ActionField.objects.create(action=action, field=serial, is_required=True)

    with pytest.raises(FieldMissing, match="Serial"):
        perform_action(ticket, action, by=alice, given=Given(values={other: "x"}))
    perform_action(ticket, action, by=alice, given=Given(values={serial: "A-17", other: "x"}))

    assert stored_values(ticket)[0] == {serial.pk: "A-17"}


def test_customers_do_only_what_was_given_to_them(ticket, new, support):
    for fields in ({}, {"for_customers": True, "deed": ActionDeed.NOTE}, {"for_customers": True, "deed": ActionDeed.DELETE}):
        with pytest.raises(NotForCustomers):
            perform_action(ticket, make_action(new, f"Action {fields}"[:40], **fields), by_customer=True, given=Given(text="x"))
    more = make_action(new, "I found out more", for_customers=True, deed=ActionDeed.REPLY)

    now = perform_action(ticket, more, by_customer=True, given=Given(text="It is the fan."))

    message = now.messages.latest("pk")
    assert (message.kind, message.customer) == (MessageKind.CUSTOMER, ticket.customer)
    assert ticket.events.get(kind=Kind.ACTION_DONE).by_customer


def test_where_the_clock_stands_still_nothing_is_promised_and_the_promise_begins_anew(ticket, new, support, alice):
    still = make_status(support.workflow, "At the maker's", clock_runs=False)
    promised = ticket.answer_due_at

    there = perform_action(ticket, make_action(new, "Send in", target=still), by=alice)
    assert (there.answer_due_at, there.waiting_since) == (None, ticket.waiting_since)

    make_message(ticket, "Any news?")
    Ticket.objects.filter(pk=ticket.pk).update(status=still, answer_due_at=None, waiting_since=timezone.now() - timedelta(days=9))
    home = change_status(ticket_now(ticket), to=new, by=alice)
    assert home.answer_due_at > promised - timedelta(hours=1)
    assert home.answer_due_at > timezone.now() + timedelta(hours=3)


def test_every_way_into_a_status_says_since_when(ticket, support, alice):
    Ticket.objects.update(status_since=timezone.now() - timedelta(days=3))

    now = change_status(ticket, to=make_status(support.workflow), by=alice)
    assert timezone.now() - now.status_since < timedelta(minutes=1)

    Ticket.objects.update(status_since=timezone.now() - timedelta(days=3))
    make_message(ticket, "Hello?")
    assert timezone.now() - ticket_now(ticket).status_since < timedelta(minutes=1)


def test_words_come_with_their_variables_filled_in_and_the_clock_sends_them_so(ticket, new):
    action = make_action(new, "Remind", deed=ActionDeed.REPLY, text="{first_name}, we wait for you. {7*7} {nothing}", fires_after_hours=1)

    perform_action(ticket, action)

    name = ticket.customer.first_name
    assert ticket_now(ticket).messages.latest("pk").body_text == f"{name}, we wait for you. {{7*7}} {{nothing}}"
