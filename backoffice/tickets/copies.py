"""Who reads along outside: put in copy by address, and taken out again."""

import re

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backoffice.doors import require
from backoffice.pages import menu_page
from backoffice.tickets.ways import address, find, go_back
from common.errors import DeskError
from common.fields import LongTextField
from common.form_keys import OneTimeForm, claim_form
from tickets.errors import AddressUnfit, TooManyCopies
from tickets.models.copy import copies_of
from tickets.services.copies import MOST_IN_COPY, copy_to, end_copy, fit_address

_BETWEEN = re.compile(r"[\n,;،؛]")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>]*)>\s*\Z")


class CopyForm(OneTimeForm):
    people = LongTextField(
        label=gettext_lazy("E-mail addresses"),
        limit=3_000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("One on each line, with a name if you like: Anna <anna@firm.example>."),
    )

    def clean_people(self):
        """[(name, address), …]. One that is no address is said by name, and then nobody is added."""
        pieces = [piece.strip() for piece in _BETWEEN.split(self.cleaned_data["people"])]
        people = [_named(piece) for piece in pieces if piece]
        if len(people) > MOST_IN_COPY:
            raise forms.ValidationError(str(TooManyCopies(MOST_IN_COPY)))
        if not people:
            raise forms.ValidationError(str(AddressUnfit()))
        return people


def _named(piece):
    named = _NAMED.match(piece)
    name, email = (named["name"].strip(' "«»'), named["email"]) if named else ("", piece)
    try:
        return name, fit_address(email)
    except AddressUnfit as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


@require_http_methods(["GET", "HEAD", "POST"])
def copies(request, number):
    """Put people in copy; with `take_out`, take one out."""
    ticket, can = find(request, number)
    require(can.can_copy, _("You may not answer in this department, so you may not say who reads along either."))
    if "take_out" in request.POST:
        return _take_out(request, ticket)
    form = CopyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                if claim_form(form, request).is_first:
                    copy_to(ticket, form.cleaned_data["people"], by=request.user, may_know=not ticket.mask.covers)
                    messages.success(request, _("From the next answer on, they get each answer by e-mail."))
            return go_back(request, number, address(number, "#copies"))
        except DeskError as refusal:
            refusal.add_to(form)
    context = {"ticket": ticket, "form": form, "copies": copies_of(ticket), "can": can}
    return menu_page(request, "backoffice/tickets/copies.html", "backoffice/tickets/_copying.html", context, refused=form.is_bound)


def _take_out(request, ticket):
    wanted = request.POST["take_out"]
    row = next((row for row in copies_of(ticket) if str(row.pk) == wanted), None)
    if row is None:
        raise Http404
    end_copy(ticket.copies.get(pk=row.pk), by=request.user)
    messages.success(request, _("No further answer goes there."))
    return go_back(request, ticket.number, address(ticket.number, "#copies"))
