"""A second matter in one ticket becomes a ticket of its own.

The messages move, as in a merge: nothing is copied, the history stays where it happened, and a line on both sides keeps which ones moved.
Merging the new ticket back undoes it.
"""

from django.db import transaction
from django.db.models import Q

from common.text import clean_line
from statuses.models import StatusKind
from tickets.choices import Kind, LinkKind, MessageKind
from tickets.errors import DepartmentIsGone, NothingToSplit, NothingWouldStay
from tickets.history import record
from tickets.models import Message, Ticket
from tickets.numbering import new_number
from tickets.services.assigning import choose_assignee
from tickets.services.lifecycle import assign_ticket, locked, taken_of
from tickets.services.linking import put_link
from tickets.services.merging import first_unanswered
from tickets.services.writing import MESSAGE_FIELDS, STATUS_FIELDS, enter, rebuild_row, set_waiting, touch


@transaction.atomic
def split_ticket(ticket, *, message, and_later=False, department, subject, by):
    """Make a ticket of its own from a message, or from it and all that was said later. Returns the new ticket.

    It belongs to the same customer, who is not told. It stands at the department's beginning, or waits for the customer where the last word
    is ours. Raises NothingToSplit, NothingWouldStay or DepartmentIsGone.
    """
    ticket = locked(ticket)
    message = ticket.messages.exclude(kind=MessageKind.NOTE).filter(pk=message.pk).first()
    if message is None:
        raise NothingToSplit()
    if department.is_archived:
        raise DepartmentIsGone()
    later = Q(created_at__gt=message.created_at) | Q(created_at=message.created_at, pk__gt=message.pk)
    moving = ticket.messages.filter(Q(pk=message.pk) | later if and_later else Q(pk=message.pk)).order_by("created_at", "pk")
    moved = list(moving.values_list("pk", flat=True))
    if not ticket.messages.shown_to_customer().exclude(pk__in=moved).exists():
        raise NothingWouldStay()

    new = _opened(ticket, department, clean_line(subject, 200) or ticket.subject, message)
    Message.objects.filter(pk__in=moved).update(ticket=new)
    for one in (new, ticket):
        rebuild_row(one)
        if one is new and not new.last_word_by_customer:
            enter(new, department.workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER) or new.status)
        set_waiting(one, since=None if one.is_closed else first_unanswered(one))
        replies = one.messages.filter(kind=MessageKind.REPLY).order_by("created_at", "pk")
        one.first_answered_at = replies.values_list("created_at", flat=True).first()
        touch(one, *MESSAGE_FIELDS, *STATUS_FIELDS)
    put_link(ticket, new, LinkKind.SPLIT, by=by)
    assignee = choose_assignee(new)
    record(ticket, Kind.SPLIT, by=by, into=new.pk, number=new.number, messages=moved)
    record(new, Kind.SPLIT, by=by, message=message, source=ticket.pk, number=ticket.number, messages=moved, is_given=assignee is not None)
    return assign_ticket(new, to=assignee, by=by) if assignee else new


def _opened(ticket, department, subject, message):
    """The new ticket's row, without anything said in it yet."""
    store = ticket.store
    return Ticket.objects.create(
        number=new_number(taken_of, digits=store.number_digits, prefix=store.number_prefix), store=store, department=department,
        status=department.workflow.first_status(), priority=ticket.priority, customer=ticket.customer, subject=subject, language=ticket.language,
        source=message.source, created_at=message.created_at, last_message_kind=message.kind,
    )  # fmt: skip
