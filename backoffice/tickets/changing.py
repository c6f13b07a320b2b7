"""Changing what was said: one message on a page of its own, to be edited, blacked out, freed of a file; and what it said before."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.forms import TEXT_LIMIT
from backoffice.tickets.ways import address, find, go_back
from common.errors import DeskError
from common.fields import LongTextField
from common.form_keys import OneTimeForm, claim_form
from tickets.covering import cover_file
from tickets.errors import ChangedMeanwhile
from tickets.services.changing_messages import edit_message, redact_message, remove_file


class EditForm(OneTimeForm):
    text = LongTextField(
        label=gettext_lazy("Message"), limit=TEXT_LIMIT, required=False, widget=forms.Textarea(attrs={"dir": "auto", "rows": 10})
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class RedactionForm(OneTimeForm):
    words = LongTextField(
        label=gettext_lazy("Words to black out"),
        limit=8_000,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3, "autocomplete": "off"}),
        help_text=gettext_lazy("Exactly as they stand in the message, one on each line. They are blacked out wherever they stand in it."),
    )
    everywhere = forms.BooleanField(label=gettext_lazy("In every message of this ticket, quotes among them"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def message(request, number, pk):
    """The message with what may be done to it; sent, it says what was typed."""
    ticket, can, said = _find(request, number, pk)
    if request.method != "POST":
        return _page(request, ticket, can, said)
    require(can.can_edit_message(said), _("These are the customer's own words. They can be blacked out, but not changed."))
    form = EditForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                if claim_form(form, request).is_first:
                    if form.cleaned_data["seen"] != _seen(said):
                        raise ChangedMeanwhile()
                    edit_message(said, text=form.cleaned_data["text"], by=request.user)
                    messages.success(request, _("The message is changed. A mail that has left already stays as it was."))
            return go_back(request, number, address(number, f"?at=m{pk}#m{pk}"))
        except DeskError as refusal:
            refusal.add_to(form)
    return _page(request, ticket, can, said, form=form)


@require_POST
def redaction(request, number, pk):
    """Black words out of the message, or of every message of its ticket."""
    ticket, can, said = _find(request, number, pk)
    form = RedactionForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                if claim_form(form, request).is_first:
                    redact_message(said, phrases=given["words"].splitlines(), everywhere=given["everywhere"], by=request.user)
                    messages.success(request, _("The words are blacked out. A mail that has left already stays as it was."))
            return go_back(request, number, address(number, f"?at=m{pk}#m{pk}"))
        except DeskError as refusal:
            refusal.add_to(form)
    return _page(request, ticket, can, said, redaction=form)


@require_POST
def file_removal(request, number, pk, file):
    """Take a file out of the message."""
    ticket, can, said = _find(request, number, pk)
    attachment = said.attachments.said().filter(pk=file).first()
    if attachment is None:
        raise Http404
    remove_file(attachment, by=request.user)
    messages.success(request, _("The file is taken out."))
    return go_back(request, number, address(number, f"?at=m{pk}#m{pk}"))


@require_safe
def originals(request, number, pk):
    """What the message said before each change, and the files that were taken out."""
    ticket, can = find(request, number)
    said = ticket.messages.filter(pk=pk).first()
    if said is None:
        raise Http404
    require(can.can_see_originals, _("You may not see originals in this department."))
    before = list(said.originals.select_related("changed_by"))
    for one in before:
        one.body_html = ticket.mask.html(one.body_html)
    taken = [cover_file(one, ticket.mask, from_customer=said.is_from_customer) for one in said.attachments.said(even_removed=True)]
    taken = [one for one in taken if one.is_removed]
    context = {"ticket": ticket, "said": said, "originals": before, "taken": taken}
    return desk_page(request, "backoffice/tickets/originals.html", context)


def _find(request, number, pk):
    """The ticket, the rights and the message, for those who may change it. Words that are covered for somebody are not theirs to change."""
    ticket, can = find(request, number)
    said = ticket.messages.for_thread(even_removed=True).filter(pk=pk).first()
    if said is None:
        raise Http404
    require(can.can_edit, _("You may not change messages in this department."))
    require(not ticket.mask.covers, _("Customer data is hidden from you here, so you may not change what was said."))
    return ticket, can, said


def _page(request, ticket, can, said, *, form=None, redaction=None):
    if form is None and can.can_edit_message(said):
        form = EditForm(initial={"text": said.body_text, "seen": _seen(said)})
    context = {
        "ticket": ticket,
        "can": can,
        "said": said,
        "files": [one for one in said.attachments.all() if not one.is_removed],
        "form": form,
        "redaction": redaction or RedactionForm(auto_id="redaction_%s"),
        "author": str(ticket.customer if said.is_from_customer else said.author or ""),
    }
    refused = (form and form.is_bound) or redaction
    return desk_page(request, "backoffice/tickets/message.html", context, status=422 if refused else 200)


def _seen(said):
    return said.changed_at.isoformat() if said.changed_at else ""
