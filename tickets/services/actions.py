"""Doing what a button of the ticket's status says: by staff, by the customer, or by itself after a time."""

from django.db import transaction
from django.utils import timezone

from custom_fields.kinds import kind_of
from customers.blocking import guard_not_blocked
from statuses.models import Action, ActionDeed, StatusKind
from tickets.choices import Kind, MessageKind, Source
from tickets.errors import ActionOfAnotherStatus, ActionRetired
from tickets.history import record
from tickets.search import writing as search
from tickets.services.assigning import choose_assignee
from tickets.services.deleting import tell_deleted
from tickets.services.fields import write_values
from tickets.services.lifecycle import guard_version, locked, mark_read
from tickets.services.planning import ActionPlan, Given, plan_action
from tickets.services.writing import (
    MESSAGE_FIELDS,
    STATUS_FIELDS,
    end_sleep,
    enter,
    promise_anew,
    set_waiting,
    tell_waking,
    touch,
    write_message,
)

__all__ = ["ActionPlan", "Given", "perform_action", "plan_action"]


@transaction.atomic
def perform_action(ticket, action, *, by=None, by_customer=False, given=None, seen_version=None):
    """Press one button of the ticket's status: all that it says, in one step and one transaction, or nothing of it.

    `by`: who does it; nobody where it is done by itself, or behind a customer's signed link. Raises the plan's refusal:
    ActionOfAnotherStatus when the ticket has moved on, ActionRetired, TargetRetired, FieldMissing, AssigneeDoesNotSee and the
    like; ChangedMeanwhile when it changed otherwise.
    """
    ticket = locked(ticket)
    action = Action.objects.select_related("target__workflow", "department__workflow", "person", "team").filter(pk=action.pk).first()
    if action is None or action.archived_at:
        raise ActionRetired()
    if action.status_id != ticket.status_id:
        raise ActionOfAnotherStatus()
    if by_customer:
        guard_not_blocked(ticket.customer)
    guard_version(ticket, seen_version)
    plan = plan_action(ticket, action, by=by, by_customer=by_customer, given=given)
    if plan.refusal:
        raise plan.refusal
    return _carry_out(plan, by=by, by_customer=by_customer)


def _carry_out(plan, *, by, by_customer):
    """Exactly what was planned: the values, the words, the ticket's row, then the lines of history and what follows from them."""
    ticket = plan.ticket
    changes = {}
    if plan.values:
        changes = write_values(ticket, plan.values, by=by, by_customer=by_customer, record_event=False)
        changes = {field.pk: changes.get(field.pk) or _kept(field, value) for field, value in plan.values.items()}
    before = _standing(ticket)
    was_closed, slept_until = ticket.is_closed, ticket.snoozed_until
    message = _say(plan, ticket, by=by, by_customer=by_customer)
    _place(ticket, plan)
    touch(ticket, *MESSAGE_FIELDS, *STATUS_FIELDS, "department", "assignee", "team", "deleted_at")
    if plan.passes_on:
        search.change_place(ticket)
    if by and not by_customer and message:
        mark_read(ticket, by=by)
    after = _standing(ticket)
    _record(ticket, plan, message, before, after, was_closed, changes, by=by, by_customer=by_customer)
    tell_waking(ticket, slept_until, by=by, by_customer=by_customer)
    return ticket


def _kept(field, value):
    """What was given once more, as it was: the history tells it all the same."""
    plain = None if value is None else True if field.is_secret else kind_of(field).plain(value)
    return {"before": plain, "after": plain}


def _standing(ticket):
    """Where a ticket stands, and with whom, in ids."""
    return {"status": ticket.status_id, "department": ticket.department_id, "assignee": ticket.assignee_id, "team": ticket.team_id}


def _say(plan, ticket, *, by, by_customer):
    """Store what is said. A message that went by itself is no answer of ours: who waited waits on."""
    if not plan.action.asks_for_words:
        return None
    waited = ticket.waiting_since, ticket.answer_due_at, ticket.first_answered_at
    if by_customer:
        kind, source = MessageKind.CUSTOMER, Source.PORTAL
    else:
        kind, source = MessageKind.REPLY if plan.action.deed == ActionDeed.REPLY else MessageKind.NOTE, Source.DESK
    customer = ticket.customer if by_customer else None
    message = write_message(
        ticket, kind=kind, text=plan.text, html=plan.html, files=plan.files, author=by, customer=customer, source=source
    )
    if by is None and not by_customer:
        ticket.waiting_since, ticket.answer_due_at, ticket.first_answered_at = waited
    return message


def _place(ticket, plan):
    """Where the ticket stands afterwards, and who has it (not saved)."""
    passes_on = plan.passes_on
    ticket.department = plan.department
    enter(ticket, plan.status)
    ticket.assignee, ticket.team = choose_assignee(ticket) if plan.by_method else plan.assignee, plan.team
    if ticket.is_closed or plan.moves and ticket.status.kind == StatusKind.WAITING_FOR_CUSTOMER:
        set_waiting(ticket, since=None)
    elif passes_on:
        promise_anew(ticket, since=ticket.waiting_since)
    if passes_on:
        end_sleep(ticket)
    if plan.deletes:
        ticket.deleted_at = timezone.now()


def _record(ticket, plan, message, before, after, was_closed, changes, *, by, by_customer):
    """The action's own line, which tells all of it; then the lines others listen to, which name the action they belong to."""
    action, who = plan.action, {"by": by, "by_customer": by_customer}
    details = {"action": action.pk, "before": before["status"], "after": after["status"]}
    for place in ("department", "assignee", "team"):
        if before[place] != after[place]:
            details |= {f"before_{place}": before[place], f"after_{place}": after[place]}
    if changes:
        details["fields"] = changes
    record(ticket, Kind.ACTION_DONE, message=message, **who, **details)

    part = {**who, "action": action.pk}
    if message:
        kind = {MessageKind.CUSTOMER: Kind.CUSTOMER_REPLIED, MessageKind.REPLY: Kind.STAFF_REPLIED, MessageKind.NOTE: Kind.NOTE_ADDED}
        record(ticket, kind[message.kind], message=message, status=after["status"], **part)
    if before["department"] != after["department"]:
        held = {"before_assignee": before["assignee"], "before_team": before["team"]}
        to = {"assignee": after["assignee"], "team": after["team"]}
        record(ticket, Kind.PASSED_ON, before=before["department"], after=after["department"], **held, **to, **part)
    elif (before["assignee"], before["team"]) != (after["assignee"], after["team"]):
        held = {"before": before["assignee"], "before_team": before["team"]}
        record(ticket, Kind.ASSIGNED, **held, after=after["assignee"], after_team=after["team"], **part)
    if ticket.is_closed and not was_closed:
        record(ticket, Kind.CLOSED, status=after["status"], **part)
    elif was_closed and not ticket.is_closed:
        record(ticket, Kind.REOPENED, status=after["status"], **part)
    if plan.deletes:
        tell_deleted(ticket, by=by, reason=str(action))
