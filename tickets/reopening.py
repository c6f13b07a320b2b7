"""Until when a customer may go on with a closed ticket."""

from datetime import timedelta

from django.utils import timezone

from tickets.errors import ReplyTooLate, TicketIsClosed


def guard_reopening(ticket):
    """Raises when a customer may not go on with this closed ticket: never (TicketIsClosed), or no longer (ReplyTooLate).

    The store says whether customers may open closed tickets again at all, the status whether they may open those in it.
    """
    status = ticket.status
    if not (ticket.store.customers_may_reopen and status.customer_may_reopen and status.customer_may_reply):
        raise TicketIsClosed()
    days = ticket.status.reply_days
    if days is not None and ticket.closed_at + timedelta(days=days) < timezone.now():
        raise ReplyTooLate()


def may_follow_up(ticket):
    """Whether the customer's words to this closed ticket become a new one: its time is over, the owner wants it, and the department goes on."""
    if not ticket.is_closed or not ticket.store.late_answers_open_new or ticket.department.is_archived:
        return False
    try:
        guard_reopening(ticket)
    except ReplyTooLate:
        return True
    except TicketIsClosed:
        return False
    return False


def may_reopen(ticket):
    try:
        guard_reopening(ticket)
    except (TicketIsClosed, ReplyTooLate):
        return False
    return True
