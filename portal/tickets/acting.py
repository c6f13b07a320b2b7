"""Buttons that the owner gives customers: their page, where one asks something, and doing it. One for both doors."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import DeskError
from common.form_keys import claim_form
from common.templatetags.formats import isolate
from portal.tickets.action_forms import CustomerActionForm
from portal.writing.forms import upload_limits
from portal.writing.keeping import files_arrived, hold_files, kept_files
from portal.writing.limits import REPLIES, refusal
from statuses.models import Action
from tickets.access import CustomerAccess
from tickets.asking import asked_by
from tickets.errors import ActionOfAnotherStatus, ActionRetired
from tickets.field_values import stored_values
from tickets.services.actions import perform_action
from tickets.wording import proposed_words


def action(request, door, pk):
    """The page of one button, or doing it. A button of another stage leads back to the conversation, told that it went on."""
    ticket = door.ticket
    offered = {action.pk: action for action in CustomerAccess(ticket).offered_actions}
    if pk not in offered:
        return _not_here(request, door, pk)
    if request.method != "POST" and ticket.customer.is_blocked:
        return redirect(door.page_url)
    if request.method != "POST":
        return _page(request, door, offered[pk], _form(door, offered[pk]))
    return _act(request, door, offered[pk])


def _not_here(request, door, pk):
    """404 for what customers of this workflow never had; who was too late is told so."""
    if not Action.objects.filter(pk=pk, for_customers=True, status__workflow=door.ticket.status.workflow_id).exists():
        raise Http404
    messages.info(request, _("This request has gone on meanwhile. Have a look at where it stands."))
    return redirect(door.page_url)


def _form(door, action, data=None, files=None, *, kept=(), refused=""):
    asks = asked_by(action, by_customer=True)
    known = stored_values(door.ticket, [row.field.pk for row in asks.fields])[0] if asks.fields else {}
    return CustomerActionForm(
        data, files, limits=upload_limits(door.ticket.store), kept=kept, refusal=refused,
        asks=asks, known=known, proposed=proposed_words(action, door.ticket) if asks.words else "",
    )  # fmt: skip


def _page(request, door, action, form, status=200):
    context = {"door": door, "ticket": door.ticket, "action": action, "form": form, "asks": form.asks}
    return render(request, "portal/tickets/action.html", context, status=status)


def _act(request, door, action):
    """Do it. What cannot be done comes back with the reason, and nothing of it is lost."""
    refused = refusal(request, REPLIES)
    form = _form(door, action, request.POST, request.FILES, kept=kept_files(request), refused=str(refused or ""))
    if form.is_valid():
        try:
            return redirect(_perform(request, door, action, form))
        except (ActionOfAnotherStatus, ActionRetired):
            return _not_here(request, door, action.pk)
        except DeskError as error:
            error.add_to(form)
    hold_files(request, form)
    response = _page(request, door, action, form, status=refused.status_code if refused else 422)
    if refused:
        response.headers["Retry-After"] = str(refused.retry_after)
    return response


@transaction.atomic
def _perform(request, door, action, form):
    """Do it once, however often it is sent. Returns where the customer goes on: home, where the request is not shown any more."""
    sent = claim_form(form, request)
    if sent.is_first:
        ticket = perform_action(door.ticket, action, by=door.person, by_customer=True, given=form.given)
        sent.finish(f"{door.page_url}#latest" if ticket.status.shown_in_portal else reverse("portal:home"))
        files_arrived(request, form)
        messages.success(request, _("%(action)s: done.") % {"action": isolate(action)}, extra_tags="sent")
    return sent.outcome_url
