"""Out of the lists until a moment: for a ticket with which nothing can be done before then.

The moment on the row is all there is to it. Whoever wakes the ticket clears it, so lists ask whether there is one, never what time it is.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tickets.choices import Kind
from tickets.errors import ClosedCannotSleep, SleepOutOfReach
from tickets.history import record
from tickets.models import Ticket
from tickets.services.lifecycle import locked
from tickets.services.writing import SLEEP_FIELDS, end_sleep, touch

LONGEST = timedelta(days=366)


@transaction.atomic
def snooze_ticket(ticket, *, until, sleeps_through=False, by):
    """Put the ticket to sleep until then; one that sleeps already sleeps until then instead.

    It wakes when the customer writes, unless it `sleeps_through`. Raises ClosedCannotSleep or SleepOutOfReach.
    """
    ticket = locked(ticket)
    if ticket.is_closed:
        raise ClosedCannotSleep()
    if not timezone.now() < until <= timezone.now() + LONGEST:
        raise SleepOutOfReach()
    if (ticket.snoozed_until, ticket.sleeps_through) == (until, sleeps_through):
        return ticket
    ticket.snoozed_until, ticket.sleeps_through = until, sleeps_through
    touch(ticket, *SLEEP_FIELDS)
    record(ticket, Kind.SNOOZED, by=by, until=until.isoformat(), sleeps_through=sleeps_through)
    return ticket


@transaction.atomic
def wake_ticket(ticket, *, by):
    """Wake the ticket by hand. One that is awake stays as it is."""
    ticket = locked(ticket)
    return _wake(ticket, by=by) if ticket.is_snoozed else ticket


def wake_due(*, limit=500):
    """Wake those whose moment has come. Returns how many; what another clock has in hand is left to it."""
    due = Ticket.objects.kept().filter(snoozed_until__lte=timezone.now())
    return sum(_wake_if_due(pk) for pk in list(due.order_by("snoozed_until").values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _wake_if_due(pk):
    due = Ticket.objects.kept().filter(snoozed_until__lte=timezone.now())
    ticket = due.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if ticket is None:  # woken or put to sleep again a moment ago, or another clock has it
        return 0
    _wake(ticket, on_time=True)
    return 1


def _wake(ticket, *, by=None, on_time=False):
    end_sleep(ticket)
    touch(ticket, *SLEEP_FIELDS)
    record(ticket, Kind.WOKEN, by=by, on_time=on_time)
    return ticket
