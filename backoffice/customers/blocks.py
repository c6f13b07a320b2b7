"""Blocking a customer, from their page or from a ticket, and letting them write again."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.customers.ways import go_back, to_manage, way_back
from backoffice.pages import desk_page
from common.errors import DeskError
from common.fields import JalaliDateField, LineField, LongTextField
from common.form_keys import OneTimeForm, claim_form
from common.moments import current_reader, reader_today
from common.text import clean_line
from customers.blocking import running_block
from customers.services import block_customer, unblock_customer


class BlockForm(OneTimeForm):
    reason = LineField(
        label=gettext_lazy("Reason"),
        limit=300,
        help_text=gettext_lazy("Only staff read it."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    words = LongTextField(
        label=gettext_lazy("What the customer reads"),
        limit=500,
        required=False,
        help_text=gettext_lazy("Shown in the portal beside the sentence that they cannot write to us, in the words that you write here."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
    until = JalaliDateField(
        label=gettext_lazy("Last day of the block"), required=False, help_text=gettext_lazy("Empty: until somebody unblocks them.")
    )
    ticket = forms.SlugField(required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].earliest = reader_today()

    @property
    def ends_at(self):
        """The midnight after the last day, where the reader is."""
        day = self.cleaned_data["until"]
        return datetime.combine(day + timedelta(days=1), time.min, current_reader().zone) if day else None


@require_http_methods(["GET", "HEAD", "POST"])
def block(request, pk):
    """Ask why, for how long and with which words, then block. `?ticket=` leads back to where it was asked for."""
    found = to_manage(request, pk)
    form = BlockForm(request.POST if request.method == "POST" else None, initial={"ticket": clean_line(request.GET.get("ticket", ""), 12)})
    if form.is_bound and form.is_valid():
        try:
            return redirect(_block(request, found, form))
        except DeskError as error:
            error.add_to(form)
    context = {"customer": found, "form": form, "block_now": running_block(found)}
    return desk_page(request, "backoffice/customers/block.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _block(request, customer, form):
    sent = claim_form(form, request)
    if sent.is_first:
        given = form.cleaned_data
        block_customer(customer, reason=given["reason"], words=given["words"], until=form.ends_at, by=request.user)
        sent.finish(way_back(customer, given["ticket"]))
        messages.success(request, _("The customer is blocked."))
    return sent.outcome_url


class UnblockForm(forms.Form):
    reason = LineField(limit=300, required=False)
    ticket = forms.SlugField(required=False, max_length=12)


@require_POST
def unblocking(request, pk):
    """Let them write again. Doing it twice does it once."""
    found = to_manage(request, pk)
    form = UnblockForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"reason": clean_line(request.POST.get("reason", ""), 300), "ticket": ""}
    unblock_customer(found, reason=given["reason"], by=request.user)
    messages.success(request, _("The customer may write again."))
    return go_back(found, given["ticket"])
