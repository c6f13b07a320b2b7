"""Answers and notes: what staff write, what a note becomes, and messages that go out once more."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.doors import require
from backoffice.tickets.forms import WritingForm
from backoffice.tickets.page import TicketPage
from backoffice.tickets.ways import address, find, go_back
from common.form_keys import claim_form
from notifications.models import Delivery
from notifications.services import retry_delivery
from tickets.errors import CannotBeMentioned, ChangedMeanwhile, FieldsMissing, IsBlocked
from tickets.services import lifecycle


@require_POST
def replies(request, number):
    """Send an answer, and move the ticket on. When somebody changed it meanwhile, the page comes back with the words kept."""
    ticket, can = find(request, number)
    require(can.can_reply, _("You may not answer in this department."))
    page = TicketPage(request, ticket, can)
    form = page.form(request.POST, request.FILES)
    if not form.is_valid():
        return page.show(form=form, status=422)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                lifecycle.reply_as_staff(
                    ticket, text=given["text"], files=given["files"], then=given["then"], seen_version=given["version"], by=request.user
                )
                sent.finish(address(number, "#end"))
                messages.success(request, _("Your reply is on its way."), extra_tags="sent")
    except ChangedMeanwhile as refusal:
        return _show_again(request, number, form, refusal, seen_event=given["seen_event"])
    except (FieldsMissing, IsBlocked) as refusal:
        refusal.add_to(form)
        return page.show(form=form, status=refusal.status_code)
    return go_back(request, number, sent.outcome_url)


def _show_again(request, number, form, refusal, *, seen_event):
    """The page as it is now, what is new marked, and the form ready to be sent after a look."""
    ticket, can = find(request, number)
    page = TicketPage(request, ticket, can)
    data = request.POST.copy()
    data["version"] = ticket.version
    data["seen_event"] = ticket.events.order_by("-pk").values_list("pk", flat=True).first() or 0
    again = page.form(data)
    again.full_clean()
    again.refusal = refusal
    again.lost_files = bool(request.FILES)
    return page.show(form=again, status=409, seen_event=seen_event or 0)


@require_POST
def notes(request, number):
    """Keep a note among staff."""
    ticket, can = find(request, number)
    require(can.can_note, _("You may not write notes in this department."))
    page = TicketPage(request, ticket, can)
    form = page.form(request.POST, request.FILES, meant=WritingForm.NOTE)
    if not form.is_valid():
        return page.show(form=form, status=422)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                lifecycle.add_note(ticket, text=given["text"], files=given["files"], mention=form.mentioned, by=request.user)
                sent.finish(address(number, "#end"))
                messages.success(request, _("The note is kept. Only staff see it."), extra_tags="sent")
    except CannotBeMentioned as refusal:  # lost sight of it a moment ago
        refusal.add_to(form)
        return page.show(form=form, status=422)
    return redirect(sent.outcome_url)


@require_POST
def note_showing(request, number, pk):
    """Make a note the reply. The customer sees it and is told."""
    ticket, can = find(request, number)
    note = ticket.messages.filter(pk=pk).first()
    if note is None:
        raise Http404
    require(can.can_reply, _("You may not answer in this department, so you may not show notes either."))
    lifecycle.show_note_to_customer(note, by=request.user)
    messages.success(request, _("The customer sees this now and is told."))
    return go_back(request, number, address(number, f"#m{pk}"))


@require_POST
def sending(request, number, pk):
    """Have a message that failed sent again."""
    ticket, can = find(request, number)
    delivery = Delivery.objects.for_ticket(ticket).to_customer().filter(pk=pk).first()
    if delivery is None:
        raise Http404
    require(can.can_reply, _("You may not answer in this department."))
    if delivery.can_be_retried:
        retry_delivery(delivery, by=request.user)
        messages.success(request, _("It is sent once more."))
    else:
        messages.info(request, _("There is nothing to send again."))
    return go_back(request, number)
