"""Doing what a button of the ticket's status says."""

from django.db import transaction
from django.utils import timezone

from statuses.models import StatusKind
from tickets.choices import Kind
from tickets.errors import ActionOfAnotherStatus
from tickets.history import record
from tickets.services.lifecycle import close_ticket, guard_version, locked, reopen_ticket
from tickets.services.writing import WAITING_FIELDS, set_waiting, touch


@transaction.atomic
def perform_action(ticket, action, *, by, seen_version=None):
    """Press one button of the ticket's status: the ticket moves where the action leads, all in one step.

    Raises ActionOfAnotherStatus when the ticket has moved on meanwhile, ChangedMeanwhile when it changed otherwise.
    """
    ticket = locked(ticket)
    if ticket.status_id != action.status_id:
        raise ActionOfAnotherStatus()
    guard_version(ticket, seen_version)
    target = action.target
    moves = target is not None and target.pk != ticket.status_id
    was_closed = ticket.is_closed
    record(ticket, Kind.ACTION_DONE, by=by, action=action.pk, before=ticket.status_id, after=target.pk if moves else ticket.status_id)
    if moves and target.is_closed and not was_closed:
        return close_ticket(ticket, by=by, status=target)
    if moves and was_closed and not target.is_closed:
        return reopen_ticket(ticket, by=by, status=target)
    if moves:
        ticket.status = target
        if target.is_closed:
            ticket.closed_at = timezone.now()
        if target.kind == StatusKind.WAITING_FOR_CUSTOMER:
            set_waiting(ticket, since=None)
        touch(ticket, "status", "closed_at", *WAITING_FIELDS)
    else:
        touch(ticket)
    return ticket
