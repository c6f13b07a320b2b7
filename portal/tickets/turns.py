"""Whose turn is it, seen from the customer's chair, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from common.moments import format_moment
from departments.switches import PROMISE
from statuses.models import StatusKind

CUSTOMER, STORE, NOBODY = "customer", "store", "nobody"


@dataclass(frozen=True)
class Turn:
    """Who has to act: the customer, the store, or nobody. `words` say it; `promise` is the moment by which we answer, if still to come."""

    side: str
    kind: str
    words: str
    promise: datetime | None = None
    is_late: bool = False

    @property
    def is_yours(self):
        return self.side == CUSTOMER

    @property
    def is_ours(self):
        return self.side == STORE

    @property
    def is_over(self):
        return self.side == NOBODY


def turn_of(ticket):
    """The ticket must come with its status."""
    if ticket.is_closed:
        return Turn(NOBODY, StatusKind.CLOSED, _("Solved on %(day)s") % {"day": format_moment(ticket.closed_at, "day")})
    if ticket.waits_for_customer:
        return Turn(CUSTOMER, StatusKind.WAITING_FOR_CUSTOMER, _("Waiting for you"))
    due = ticket.answer_due_at if ticket.department.uses(PROMISE) else None
    if due is None or due < timezone.now():
        return Turn(STORE, ticket.status.kind, _("With us"), is_late=due is not None)
    return Turn(STORE, ticket.status.kind, _("With us · answer by %(moment)s") % {"moment": format_moment(due, "until")}, promise=due)


def reopens_until(ticket):
    """The last moment at which an answer opens this closed ticket again; None when that does not end, or is not so."""
    days = ticket.status.reply_days
    return ticket.closed_at + timedelta(days=days) if ticket.is_closed and days is not None else None


def progress_of(ticket):
    """How far it has come, one flag per step: received, in work, solved."""
    in_work = ticket.first_answered_at is not None or ticket.status.kind != StatusKind.NEW
    return [True, in_work or ticket.is_closed, ticket.is_closed]
