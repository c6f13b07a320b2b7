"""Watching a ticket: hearing of it without having it."""

from django.db import transaction

from tickets.audience import people_who_see
from tickets.choices import Kind
from tickets.errors import CannotBeWatched
from tickets.history import record
from tickets.models import Ticket, Watch
from tickets.services.lifecycle import locked


@transaction.atomic
def watch_ticket(ticket, *, by):
    """Let this member of staff hear of everything that happens to it. Watching twice watches once. Raises CannotBeWatched."""
    if not Ticket.objects.visible_to(by).filter(pk=ticket.pk).exists():
        raise CannotBeWatched()
    return Watch.objects.get_or_create(ticket=ticket, user=by)[0]


@transaction.atomic
def watch_tickets(tickets, *, by):
    """Watch many at once (a queryset, or rows). What this person does not see is left out. Returns how many of them they watch now."""
    pks = Ticket.objects.visible_to(by).filter(pk__in=[ticket.pk for ticket in tickets]).values_list("pk", flat=True)
    watches = [Watch(ticket_id=pk, user=by) for pk in pks]
    Watch.objects.bulk_create(watches, ignore_conflicts=True)
    return len(watches)


def unwatch_tickets(tickets, *, by):
    """Hear no more of these. Returns how many of them were watched."""
    return Watch.objects.filter(ticket__in=[ticket.pk for ticket in tickets], user=by).delete()[0]


def unwatch_ticket(ticket, *, by):
    """Hear no more of it. Who does not watch goes on not watching."""
    Watch.objects.filter(ticket=ticket, user=by).delete()


@transaction.atomic
def add_watcher(ticket, user, *, by):
    """Let a colleague who sees the ticket hear of it. Who watches already goes on watching. Raises CannotBeWatched."""
    ticket = locked(ticket)
    if not people_who_see(ticket).filter(pk=user.pk).exists():
        raise CannotBeWatched()
    _watch, is_new = Watch.objects.get_or_create(ticket=ticket, user=user)
    if is_new and user.pk != by.pk:
        record(ticket, Kind.WATCHER_ADDED, by=by, whom=user.pk)
    return ticket


@transaction.atomic
def take_off_watcher(ticket, user, *, by):
    """Let a colleague hear of it no more. Who does not watch goes on not watching."""
    ticket = locked(ticket)
    taken, _rows = Watch.objects.filter(ticket=ticket, user=user).delete()
    if taken and user.pk != by.pk:
        record(ticket, Kind.WATCHER_TAKEN_OFF, by=by, whom=user.pk)
    return ticket
