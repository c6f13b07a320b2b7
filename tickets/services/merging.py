"""Two tickets about one thing become one, and two again.

The messages move, nothing is copied: one place to read, to answer and to find. The history stays where it happened; a line on
both tickets keeps which messages moved, so that undoing moves back exactly those.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from statuses.models import Status, StatusKind
from tickets.choices import Kind, MessageKind
from tickets.errors import (
    MergedAway,
    MergedOnMeanwhile,
    MergeIntoClosed,
    MergeOfStrangers,
    MergeWithItself,
    TicketIsGone,
    TicketIsMerged,
)
from tickets.history import record
from tickets.models import Message, Ticket
from tickets.services.tagging import take_over_tags
from tickets.services.taking_over import give_back, take_over
from tickets.services.writing import MESSAGE_FIELDS, STATUS_FIELDS, end_sleep, enter, rebuild_row, set_waiting, touch


@transaction.atomic
def merge_tickets(ticket, *, into, by, tell_customer=False):
    """Move all that was said in the ticket into another one of the same customer, and close it, without a word to the customer unless they are to
    be told (`tell_customer`).

    The other one carries the tags of both, is watched and read along by the same people, and has the links, the checklist and the time
    of both. From now on this one points there, and so does whatever the customer says to it.
    Merging it there again changes nothing. Returns the other ticket.

    Raises MergeWithItself, TicketIsGone, TicketIsMerged, MergedAway, MergeOfStrangers or MergeIntoClosed.
    """
    if ticket.pk == into.pk:
        raise MergeWithItself()
    ticket, into = locked_pair(ticket.pk, into.pk)
    if ticket.merged_into_id == into.pk:
        return into
    if ticket.merged_into_id:
        raise TicketIsMerged()
    if into.merged_into_id:
        raise MergedAway()
    if ticket.customer_id != into.customer_id:
        raise MergeOfStrangers()
    if into.is_closed and not ticket.is_closed:
        raise MergeIntoClosed()

    moved = list(ticket.messages.order_by("created_at", "pk").values_list("pk", flat=True))
    ticket.messages.update(ticket=into)
    before = {
        "status_before": ticket.status_id,
        "closed_before": _written(ticket.closed_at),
        "waiting_before": _written(ticket.waiting_since),
        "answered_before": _written(into.first_answered_at),
        "there_before": into.status_id,
    }
    before["tags"] = take_over_tags(into, ticket)
    before["beside"] = take_over(into, ticket)
    _take_over_waiting(into, ticket)
    before["there_after"] = into.status_id
    into.first_answered_at = into.first_answered_at or ticket.first_answered_at
    rebuild_row(into)
    touch(into, *MESSAGE_FIELDS, *STATUS_FIELDS)

    ticket.merged_into = into
    enter(ticket, ticket.status if ticket.is_closed else ticket.department.workflow.closing_status() or ticket.status)
    ticket.closed_at = ticket.closed_at or timezone.now()
    end_sleep(ticket)
    set_waiting(ticket, since=None)
    rebuild_row(ticket)
    touch(ticket, *MESSAGE_FIELDS, *STATUS_FIELDS, "merged_into")
    record(ticket, Kind.MERGED, by=by, into=into.pk, messages=moved, **before)
    record(into, Kind.MERGED, by=by, source=ticket.pk, messages=moved, told=tell_customer, held_by=ticket.assignee_id)
    return into


@transaction.atomic
def unmerge_tickets(ticket, *, by):
    """Undo the merge of this ticket: what moved from it moves back, and it stands where it stood. What is not merged stays as it is.

    What was said to it since then stays in the other ticket. Raises TicketIsGone, or MergedOnMeanwhile when the other one was merged itself.
    """
    other = Ticket.objects.values_list("merged_into", flat=True).get(pk=ticket.pk)
    if other is None:
        return ticket
    ticket, into = locked_pair(ticket.pk, other)
    if ticket.merged_into_id != into.pk:  # somebody else undid it while we waited
        return ticket
    if into.merged_into_id:
        raise MergedOnMeanwhile()

    merging = ticket.events.filter(kind=Kind.MERGED, details__into=into.pk).latest("pk").details
    moved = merging["messages"]
    Message.objects.filter(ticket=into, pk__in=moved).update(ticket=ticket)
    into.taggings.filter(tag__in=merging.get("tags", ())).delete()
    give_back(into, ticket, merging.get("beside", {}))
    rebuild_row(into)
    if into.waiting_since:
        set_waiting(into, since=first_unanswered(into))
    if into.first_answered_at == ticket.first_answered_at:
        into.first_answered_at = _read(merging["answered_before"]) or _first_reply(into)
    if into.status_id == merging["there_after"] and not into.waiting_since:  # nothing else has moved it since
        enter(into, _status_before(into, merging["there_before"]))
    touch(into, *MESSAGE_FIELDS, *STATUS_FIELDS)

    ticket.merged_into = None
    enter(ticket, _status_before(ticket, merging["status_before"]))
    ticket.closed_at = (_read(merging["closed_before"]) or timezone.now()) if ticket.status.is_closed else None
    set_waiting(ticket, since=None if ticket.is_closed else _read(merging["waiting_before"]))
    rebuild_row(ticket)
    touch(ticket, *MESSAGE_FIELDS, *STATUS_FIELDS, "merged_into")
    record(ticket, Kind.UNMERGED, by=by, into=into.pk, messages=moved)
    record(into, Kind.UNMERGED, by=by, source=ticket.pk, messages=moved)
    return ticket


def locked_pair(one, other):
    """Both tickets, each once everybody before us is through. Locked in the order of their ids, so that two mergers never wait for each other."""
    list(Ticket.objects.select_for_update().filter(pk__in=[one, other]).order_by("pk").values_list("pk"))
    found = Ticket.objects.select_related("status__after_customer_reply", "department__workflow", "customer", "store").in_bulk([one, other])
    if len(found) < 2 or any(ticket.is_deleted for ticket in found.values()):
        raise TicketIsGone()
    return found[one], found[other]


def _take_over_waiting(into, ticket):
    """Who waited for our words in the merged ticket waits for them in the other one, which is our turn then (not saved)."""
    since = [moment for moment in (into.waiting_since, ticket.waiting_since) if moment]
    set_waiting(into, since=min(since, default=None))
    if ticket.waiting_since and into.status.kind == StatusKind.WAITING_FOR_CUSTOMER:
        workflow = into.department.workflow
        enter(into, into.status.after_customer_reply or workflow.status_of_kind(StatusKind.OPEN) or into.status)


def _status_before(ticket, pk):
    """Where the ticket stood, if there still is such a status in its workflow; else the first one of ours. Standing there it stays."""
    workflow = ticket.department.workflow
    if ticket.status_id == pk:
        return ticket.status
    return Status.objects.filter(pk=pk, workflow=workflow).first() or workflow.status_of_kind(StatusKind.OPEN) or workflow.first_status()


def first_unanswered(ticket):
    """When the customer first spoke after our last words; None when we spoke last."""
    said = ticket.messages.shown_to_customer().order_by("created_at", "pk")
    answer = said.filter(kind=MessageKind.REPLY).last()
    asked = said.filter(kind=MessageKind.CUSTOMER)
    asked = asked.filter(created_at__gt=answer.created_at) if answer else asked
    return asked.values_list("created_at", flat=True).first()


def _first_reply(ticket):
    replies = ticket.messages.filter(kind=MessageKind.REPLY).order_by("created_at", "pk")
    return replies.values_list("created_at", flat=True).first()


def _written(moment):
    return moment.isoformat() if moment else None


def _read(text):
    return datetime.fromisoformat(text) if text else None
