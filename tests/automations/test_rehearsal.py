"""Rehearsing: nothing is written, and what was foretold is what happens."""

import json

import pytest
from django.apps import apps
from django.core import serializers
from i18nfield.strings import LazyI18nString

from automations.foretelling import messages_of, what_follows
from automations.rehearsal import DraftAction, rehearse
from custom_fields.models import ActionField
from departments.models import Assignment
from notifications.models import ActionMessage, ActionText, Delivery
from statuses.models import Action, ActionDeed, GivesTo, Status, StatusKind
from tests.make import make_action, make_customer, make_department, make_field, make_staff, make_ticket, ticket_now
from tickets.field_values import stored_values
from tickets.models import Ticket
from tickets.services.actions import Given, perform_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    department = make_department("Support", assignment=Assignment.ROUND_ROBIN, only_present=False)
    department.members.set([make_staff("Alice", department), make_staff("Bea", department)])
    return department


@pytest.fixture
def alice(support):
    return support.members.get(name="Alice")


@pytest.fixture
def action(support):
    """Answers, moves, gives in turn, asks for a field, and tells two."""
    new = support.workflow.first_status()
    waiting = support.workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER)
    action = make_action(new, "Answer", deed=ActionDeed.REPLY, target=waiting, gives_to=GivesTo.METHOD)
    ActionField.objects.create(action=action, field=make_field("Serial"), is_required=True)
    text = ActionText.objects.create(name="Received", subject="x", body="y")
    for recipient in ("customer", "assignee"):
        ActionMessage.objects.create(action=action, text=text, recipient=recipient)
    return action


def everything():
    return {model._meta.label: serializers.serialize("json", model.objects.order_by("pk")) for model in apps.get_models()}


def tickets_now():
    return list(Ticket.objects.for_page().order_by("pk"))


def outcome(plan, by):
    told = {one.key for _message, people in messages_of(plan, by=by) for one in people}
    return plan.status.pk, plan.assignee and plan.assignee.pk, {field.pk: value for field, value in plan.values.items()}, told


def happened(ticket):
    now = ticket_now(ticket)
    told = set(Delivery.objects.filter(ticket=ticket, template="action").values_list("recipient_key", flat=True))
    return now.status_id, now.assignee_id, stored_values(now)[0], {key.split("#")[0] for key in told}


def plain_key(key):
    kind, pk = key.split(":")[:2]
    return f"{kind}:{pk}"


@pytest.mark.parametrize("count", [1, 12])
def test_a_rehearsal_writes_nothing_and_foretells_what_happens(support, alice, action, count):
    for number in range(count):
        make_ticket(f"Ticket {number}", department=support, customer=make_customer(f"Customer {number}"))
    given = Given(text="Turn it off and on.", values={action.asked_fields.get().field: "A-17"})
    before = everything()

    rehearsed = rehearse([action], tickets_now(), by=alice, given=given)
    foretold = {ticket.pk: outcome(plan, alice) for ticket, plan in rehearsed}
    words = [what_follows(plan, by=alice) for _ticket, plan in rehearsed]

    assert everything() == before
    assert len(foretold) == count and all(words)
    for ticket in tickets_now():
        perform_action(ticket, action, by=alice, given=given)
    for ticket in tickets_now():
        status, holder, values, told = happened(ticket)
        assert (status, holder, values, {plain_key(key) for key in told}) == (*foretold[ticket.pk][:3], foretold[ticket.pk][3])


def test_an_action_of_a_draft_is_rehearsed_without_being_saved(support, alice):
    make_ticket(department=support)
    new = support.workflow.first_status()
    later = Status(workflow=support.workflow, name=LazyI18nString({"en": "To come"}), kind=StatusKind.OPEN)
    drafted = Action(status=new, name=LazyI18nString({"en": "Drafted"}), target=later, gives_to=GivesTo.NOBODY)
    text = ActionText.objects.create(name="Received", subject="x", body="y")
    told = ActionMessage(text=text, recipient="customer")
    before = everything()

    (_ticket, plan), *others = rehearse([DraftAction(drafted, messages=(told,))], tickets_now(), by=alice)

    assert not others and plan.refusals == []
    assert [plan.status, plan.assignee] == [later, None]
    assert what_follows(plan, by=alice)[0] == "status “\u2068To come\u2069”"
    assert everything() == before


def test_what_would_stop_it_is_named(support, alice, action):
    make_ticket(department=support)

    (_ticket, plan), *_others = rehearse([action], tickets_now(), by=alice)

    assert [type(refusal).__name__ for refusal in plan.refusals] == ["NothingToSay", "FieldMissing"]


def test_by_itself_nothing_is_asked(support, action):
    make_ticket(department=support)
    action.text = LazyI18nString({"en": "We wait for you, {first_name}."})

    (ticket, plan), *_others = rehearse([action], tickets_now())

    assert plan.refusals == []
    assert plan.text == f"We wait for you, {ticket.customer.first_name}."
    assert json.dumps(plan.text)
