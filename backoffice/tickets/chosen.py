"""Several tickets of a list at once."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from backoffice.tickets.ways import to_list
from common.numbers import format_number
from tickets.access import TicketAccess
from tickets.errors import FieldsMissing
from tickets.models import Ticket
from tickets.services import lifecycle


@require_POST
def chosen_tickets(request):
    """Take, close or mark as read several tickets of a list at once. What one may not do is left out, and said."""
    deed = CHOSEN_DEEDS.get(request.POST.get("deed"))
    numbers = request.POST.getlist("ticket")[:MOST_CHOSEN]
    if deed is None or not numbers:
        messages.info(request, _("Choose some tickets first."))
        return to_list(request)
    tickets = Ticket.objects.visible_to(request.user).for_page().filter(number__in=[number for number in numbers if number.isalnum()])
    done = sum(bool(deed(ticket, TicketAccess(request.user, ticket))) for ticket in tickets)
    words = ngettext("%(number)s ticket is done.", "%(number)s tickets are done.", done)
    messages.success(request, words % {"number": format_number(done)})
    left = len(numbers) - done
    if left:
        words = ngettext(
            "%(number)s was left as it is: you may not do that to it, or its fields are not filled in yet.",
            "%(number)s were left as they are: you may not do that to them, or their fields are not filled in yet.",
            left,
        )
        messages.warning(request, words % {"number": format_number(left)})
    return to_list(request)


def _take(ticket, can):
    if can.can_assign:
        lifecycle.assign_ticket(ticket, to=can.user, by=can.user)
    return can.can_assign


def _close(ticket, can):
    if can.can_close:
        try:
            lifecycle.close_ticket(ticket, by=can.user)
        except FieldsMissing:
            return False
    return can.can_close or ticket.is_closed


def _mark_read(ticket, can):
    lifecycle.mark_read(ticket, by=can.user, until=ticket.last_message_at)
    return True


MOST_CHOSEN = 50
CHOSEN_DEEDS = {"take": _take, "close": _close, "read": _mark_read}
