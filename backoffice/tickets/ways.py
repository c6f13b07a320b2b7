"""Where every deed begins and ends: the ticket with this person's rights, and the way back to it."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.doors import ticket_and_access
from backoffice.tickets.lists import last_query
from common.numbers import local_digits
from common.prepared import Prepared
from permissions.querysets import may_hold_rights
from tickets.models import Ticket


def find(request, number):
    """The ticket and what this person may do with it; 404 when they may not see it."""
    return ticket_and_access(request.user, number)


def address(number, place=""):
    return reverse("backoffice:ticket", args=[number]) + place


def is_in_sight(request, number):
    """Whether this person still sees the ticket, after what was done to it."""
    return may_hold_rights(request.user) and bool(_seen(number=number, user=request.user.pk))


@Prepared
def _seen(number, user):
    colleague = get_user_model()(pk=user, is_active=True, is_staff=True)
    return Ticket.objects.visible_to(colleague).filter(number=number).values_list("pk")


def to_list(request):
    """Back to the list this person came from."""
    return redirect(reverse("backoffice:inbox") + last_query(request))


def go_back(request, number, url=""):
    """Back to the ticket; to the inbox, with a word of why, when it has left this person's sight."""
    if is_in_sight(request, number):
        return redirect(url or address(number))
    messages.info(request, _("Ticket %(number)s is out of your sight now: others take care of it.") % {"number": local_digits(number)})
    return redirect("backoffice:inbox")
