"""The buttons of a ticket's status. Who may press one needs no other right than to see the ticket."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.doors import require
from backoffice.tickets.forms import ActionForm
from backoffice.tickets.page import TicketPage
from backoffice.tickets.ways import address, find, go_back, is_in_sight
from common.numbers import local_digits
from common.templatetags.formats import isolate
from permissions.querysets import actions_where
from permissions.rights import ActionRight
from statuses.models import Action
from tickets.errors import ActionOfAnotherStatus, ChangedMeanwhile
from tickets.services.actions import perform_action


@require_POST
def perform(request, number, pk):
    """Press one button. Whoever does not see where it leads finds themselves in the inbox, told what was done."""
    ticket, can = find(request, number)
    action = _action_or_404(ticket, pk)
    if action.status_id != ticket.status_id and actions_where(request.user, ActionRight.PERFORM).filter(pk=action.pk).exists():
        return TicketPage(request, ticket, can).show(complaint=str(ActionOfAnotherStatus.message), status=409)
    # Buttons of other statuses may be nobody's to know here, so they are not named.
    words = _("You may not do “%(action)s”.") % {"action": isolate(action)} if action.status_id == ticket.status_id else None
    require(can.decide_action(action), words)
    form = ActionForm(request.POST)
    seen_version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        ticket = perform_action(ticket, action, by=request.user, seen_version=seen_version)
    except (ActionOfAnotherStatus, ChangedMeanwhile) as refusal:
        return _told_why_not(request, number, refusal)
    return _answer(request, ticket, action)


def _action_or_404(ticket, pk):
    """The action, if it belongs to the ticket's workflow at all."""
    action = Action.objects.select_related("target").filter(pk=pk, status__workflow=ticket.status.workflow_id).first()
    if action is None:
        raise Http404
    return action


def _told_why_not(request, number, refusal):
    """The page as it is now, and what happened meanwhile; the inbox for whom the ticket has left."""
    if not is_in_sight(request, number):
        return go_back(request, number)
    words = str(refusal)
    if isinstance(refusal, ChangedMeanwhile):
        words = _("Somebody changed this ticket meanwhile. Look at it as it is now, then decide.")
    return TicketPage(request, *find(request, number)).show(complaint=words, status=409)


def _answer(request, ticket, action):
    facts = {"number": local_digits(ticket.number), "action": isolate(action), "status": isolate(ticket.status)}
    if not is_in_sight(request, ticket.number):
        messages.success(request, _("Ticket %(number)s: %(action)s. It is out of your sight now.") % facts)
        return redirect("backoffice:inbox")
    if action.target_id:
        messages.success(request, _("%(action)s: done. The status is “%(status)s” now.") % facts)
    else:
        messages.success(request, _("%(action)s: done.") % facts)
    return redirect(address(ticket.number))
