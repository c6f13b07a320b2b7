"""The conversation, its answer and its closing: one room behind both doors."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.errors import DeskError
from common.form_keys import claim_form, new_form_key
from portal.customer import blocked_words
from portal.surveys.standing import rating_of
from portal.tickets.errors import NoAnswersNow
from portal.tickets.fields import dressed, may_fill_in
from portal.tickets.following import take_follow_up
from portal.tickets.timeline import staff_name, timeline_of
from portal.tickets.turns import progress_of, reopens_until, turn_of
from portal.words import masked_addresses
from portal.writing.forms import ReplyForm, upload_limits
from portal.writing.keeping import files_arrived, hold_files, kept_files
from portal.writing.limits import REPLIES, refusal
from tickets.access import CustomerAccess
from tickets.field_values import values_for_customer
from tickets.models.copy import copies_of
from tickets.services.lifecycle import close_ticket, reply_as_customer


def show(request, door, form=None, status=200):
    """The page of the conversation, with an answer that has to be written again, if there is one."""
    ticket = door.ticket
    before = request.GET.get("before", "")
    can = door.access
    held = [] if door.colleague else dressed(door, values_for_customer(ticket))
    context = {
        "door": door,
        "ticket": ticket,
        "turn": turn_of(ticket),
        "progress": progress_of(ticket),
        "timeline": timeline_of(door, before=int(before) if before.isdecimal() and len(before) < 18 else None),
        "can": can,
        "actions": [(action, door.action_url(action), new_form_key()) for action in can.actions],
        "form": form or ReplyForm(limits=upload_limits(ticket.store)),
        "staff": staff_name(ticket.assignee) if ticket.assignee else "",
        "staff_first_name": ticket.assignee.first_name if ticket.assignee else "",
        "we_write_to": [] if door.colleague else masked_addresses(ticket.customer),
        "copies": copies_of(ticket),
        "rating": None if door.colleague else rating_of(ticket),
        "reopens_until": reopens_until(ticket),
        "held": held,
        "blocked_words": blocked_words(door.writer),
        "may_fill_in": may_fill_in(ticket, held),
        "is_earlier_page": bool(before),
        "is_fresh": _was_just_sent(request),
    }
    return render(request, "portal/tickets/ticket.html", context, status=status)


def _was_just_sent(request):
    """Whether this page follows an answer that arrived, so that its draft may be forgotten. The words stay for the page to show."""
    told = messages.get_messages(request)
    fresh = any("sent" in message.tags.split() for message in told)
    told.used = False
    return fresh


def show_sent(request, door):
    """What happens next, right after a request was sent."""
    ticket = door.ticket
    context = {"door": door, "ticket": ticket, "turn": turn_of(ticket), "we_write_to": masked_addresses(ticket.customer)}
    return render(request, "portal/tickets/sent.html", context)


def reply(request, door):
    """Take the customer's answer. What cannot be taken comes back with the reason, and nothing of it is lost."""
    if request.method != "POST":  # somebody signed in again on the way, or reloaded
        return redirect(door.page_url)
    refused = refusal(request, REPLIES)
    limits = upload_limits(door.ticket.store)
    form = ReplyForm(request.POST, request.FILES, limits=limits, kept=kept_files(request), refusal=str(refused or ""))
    if form.is_valid():
        try:
            return redirect(_store_reply(request, door, form))
        except DeskError as error:
            error.add_to(form)
    hold_files(request, form)
    response = show(request, door, form, status=refused.status_code if refused else 422)
    if refused:
        response.headers["Retry-After"] = str(refused.retry_after)
    return response


@transaction.atomic
def _store_reply(request, door, form):
    """Store it once, however often it is sent. Returns where the customer goes on: in a new request, when this one was closed too long ago."""
    sent = claim_form(form, request)
    if sent.is_first:
        if door.access.can_follow_up:
            sent.finish(take_follow_up(request, door, form))
            files_arrived(request, form)
            return sent.outcome_url
        # The service says in more words that somebody is blocked, or that a request was closed too long ago.
        is_told_there = door.writer.is_blocked or door.ticket.is_closed and not door.colleague
        if not is_told_there and not door.access.can_reply:
            raise NoAnswersNow()
        words = {"text": form.cleaned_data["text"], "files": form.all_files()}
        reply_as_customer(door.ticket, by=door.person, colleague=door.colleague, **words)
        sent.finish(f"{door.page_url}#latest")
        files_arrived(request, form)
        messages.success(request, _("Your answer is sent."), extra_tags="sent")
    return sent.outcome_url


def close(request, door):
    """Close on the customer's word. Closing what is closed already is no error: it was clicked twice."""
    if request.method == "POST" and CustomerAccess(door.ticket).can_close:
        close_ticket(door.ticket, by=door.person, by_customer=True)
        messages.success(request, _("This request is closed. Thank you for telling us."))
    elif request.method == "POST" and not door.ticket.is_closed:
        messages.warning(request, _("This request cannot be closed here. Write to us, and we close it."))
    return redirect(door.page_url)
