"""Merging a ticket into another one of the same customer, and undoing it. Both ask for the right on both sides."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require, ticket_or_404
from backoffice.pages import desk_page
from backoffice.tickets.rows import dress
from backoffice.tickets.ways import address, find, go_back
from common.errors import DeskError
from common.numbers import ascii_digits, local_digits
from common.text import clean_line
from tickets.access import TicketAccess
from tickets.covering import known_stores
from tickets.models import Ticket
from tickets.services.merging import merge_tickets, unmerge_tickets

MOST_OFFERED = 20


class MergeForm(forms.Form):
    """One of the tickets that are offered, or the number of another one; what was typed counts more."""

    into = forms.CharField(required=False, max_length=40)
    number = forms.CharField(
        label=gettext_lazy("Another ticket"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Its number, if it is not among these."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
    )

    tell = forms.BooleanField(
        label=gettext_lazy("Tell the customer"),
        required=False,
        help_text=gettext_lazy("A message in their language says that the two go on as one. Otherwise nobody but staff hears of it."),
    )

    def clean(self):
        cleaned = super().clean()
        typed = ascii_digits(clean_line(cleaned.get("number", ""), 40)).strip().lstrip("#")
        self.chosen = typed or clean_line(cleaned.get("into", ""), 40)
        if not self.chosen and not self.errors:
            self.add_error("number", _("Choose a ticket, or type its number."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, number):
    """Choose where the ticket goes on. What one may not see there, or may not merge, is said to be no ticket at all."""
    ticket, can = find(request, number)
    if ticket.merged_into_id:
        messages.info(request, _("This ticket is merged already."))
        return redirect(address(number))
    require(can.can_merge, _("You may not merge tickets in this department."))
    form = MergeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _choose(request, ticket, form, status=422 if form.is_bound else 200)
    into = _ticket_to_merge_with(request.user, form.chosen)
    if into is None:
        form.add_error("number", _("There is no ticket with this number that you could merge this one into."))
        return _choose(request, ticket, form, status=404)
    try:
        merge_tickets(ticket, into=into, by=request.user, tell_customer=form.cleaned_data["tell"])
    except DeskError as refusal:
        refusal.field = "number"
        refusal.add_to(form)
        return _choose(request, ticket, form, status=422)
    told = form.cleaned_data["tell"]
    words = (
        _("Ticket %(number)s goes on here. The customer is told.")
        if told
        else _("Ticket %(number)s goes on here. The customer was not told.")
    )
    messages.success(request, words % {"number": local_digits(number)})
    return redirect(address(into.number, "#end"))


def _ticket_to_merge_with(user, number):
    into = Ticket.objects.visible_to(user).for_page().filter(number=number).first() if number.isalnum() else None
    return into if into and TicketAccess(user, into).is_trusted_to_merge else None


def _choose(request, ticket, form, *, status):
    others = Ticket.objects.to_merge_with(ticket, request.user).for_inbox().newest_first()[:MOST_OFFERED]
    others = dress(list(others), known_stores(request.user))
    chosen = form.data.get("into", "") if form.is_bound else ""
    context = {"ticket": ticket, "form": form, "others": others, "chosen": chosen}
    return desk_page(request, "backoffice/tickets/merge.html", context, status=status)


@require_POST
def unmerge(request, number):
    """Undo the merge: what moved from this ticket moves back."""
    ticket, can = find(request, number)
    if ticket.merged_into_id is None:
        messages.info(request, _("This ticket is not merged."))
        return redirect(address(number))
    require(can.can_unmerge, _("You may not merge tickets in this department."))
    into = ticket_or_404(request.user, ticket.merged_into.number)
    if not TicketAccess(request.user, into).is_trusted_to_merge:
        raise Http404
    unmerge_tickets(ticket, by=request.user)
    messages.success(request, _("The merge is undone: both tickets go on by themselves."))
    return go_back(request, number)
