"""Watching a ticket, and no longer."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.tickets.ways import find, go_back
from tickets.services.watching import unwatch_ticket, watch_ticket


@require_POST
def watch(request, number):
    """Begin to watch; with `stop`, end it. Sending it twice is as good as once."""
    ticket, _can = find(request, number)
    if "stop" in request.POST:
        unwatch_ticket(ticket, by=request.user)
        messages.success(request, _("You do not watch this ticket any more."))
    else:
        watch_ticket(ticket, by=request.user)
        messages.success(request, _("You watch this ticket: you hear of everything that happens here."))
    return go_back(request, number)
