"""Watching a ticket: hearing of it without having it."""

from django.db import transaction

from tickets.errors import CannotBeWatched
from tickets.models import Ticket, Watch


@transaction.atomic
def watch_ticket(ticket, *, by):
    """Let this member of staff hear what actions tell the watchers. Watching twice watches once. Raises CannotBeWatched."""
    if not Ticket.objects.visible_to(by).filter(pk=ticket.pk).exists():
        raise CannotBeWatched()
    return Watch.objects.get_or_create(ticket=ticket, user=by)[0]


def unwatch_ticket(ticket, *, by):
    """Hear no more of it. Who does not watch goes on not watching."""
    Watch.objects.filter(ticket=ticket, user=by).delete()
