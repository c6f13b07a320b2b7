"""Time worked on a ticket: typed in, or measured by a timer that runs until it is stopped, wherever its person goes meanwhile."""

from django.db import transaction
from django.utils import timezone

from common.durations import LONGEST_MINUTES
from common.text import clean_line
from departments.switches import TIMESHEETS
from tickets.choices import Kind
from tickets.errors import NoTimesheetsHere
from tickets.history import record
from tickets.models import WorkRecord
from tickets.models.work import NOTE_LIMIT
from tickets.services.lifecycle import locked


@transaction.atomic
def record_time(ticket, *, minutes, note="", by):
    """Keep that so many minutes were worked. Raises NoTimesheetsHere where the department keeps none.

    The version of the ticket stays: nobody who is writing an answer need look at it again for this.
    """
    ticket = _locked(ticket)
    kept = WorkRecord.objects.create(ticket=ticket, user=by, minutes=minutes, note=clean_line(note, NOTE_LIMIT))
    record(ticket, Kind.TIME_RECORDED, by=by, minutes=minutes, work=kept.pk)
    return kept


@transaction.atomic
def start_timer(ticket, *, by):
    """Begin to measure. Starting a timer that runs leaves it running."""
    return WorkRecord.objects.get_or_create(ticket=_locked(ticket), user=by, minutes=None)[0]


@transaction.atomic
def stop_timer(ticket, *, note="", by):
    """End this person's timer and keep what it measured, rounded to minutes: one at least, a day at most. None where no timer runs."""
    ticket = locked(ticket)
    timer = ticket.work.running().filter(user=by).first()
    if timer is None:
        return None
    measured = round((timezone.now() - timer.started_at).total_seconds() / 60)
    timer.minutes, timer.note = min(max(1, measured), LONGEST_MINUTES), clean_line(note, NOTE_LIMIT)
    timer.save(update_fields=["minutes", "note"])
    record(ticket, Kind.TIME_RECORDED, by=by, minutes=timer.minutes, work=timer.pk)
    return timer


@transaction.atomic
def drop_timer(ticket, *, by):
    """End this person's timer and keep nothing."""
    locked(ticket).work.running().filter(user=by).delete()


@transaction.atomic
def take_back_time(work, *, by):
    """Take back what was recorded. Twice is as good as once."""
    ticket = locked(work.ticket)
    if ticket.work.kept().filter(pk=work.pk).delete()[0]:
        record(ticket, Kind.TIME_TAKEN_BACK, by=by, minutes=work.minutes, whom=work.user_id)


def _locked(ticket):
    ticket = locked(ticket)
    if not ticket.department.uses(TIMESHEETS):
        raise NoTimesheetsHere()
    return ticket
