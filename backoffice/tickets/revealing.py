"""Showing who the customer is, for a reason: the question, and covering again before the time is over."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.ways import address, find
from common.errors import DeskError
from common.fields import LineField
from tickets.services.revealing import LASTS, cover_again, reveal_customer


class RevealForm(forms.Form):
    reason = LineField(
        label=gettext_lazy("Why do you need to know?"),
        limit=300,
        error_messages={"required": gettext_lazy("Say in a few words why you need this.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=gettext_lazy("For example: the customer is on the phone and does not know the ticket’s number."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def customer_reveal(request, number):
    """Ask for the reason, then show the customer for a while."""
    ticket, can = find(request, number)
    if can.can_see_customer:
        return redirect(address(number))
    require(can.can_reveal_customer, _("You may not see customer data, not even for a reason."))
    form = RevealForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                reveal_customer(ticket, reason=form.cleaned_data["reason"], by=request.user)
                return redirect(address(number, "#customer"))
            except DeskError as refusal:
                refusal.add_to(form)
    context = {"ticket": ticket, "form": form, "minutes": int(LASTS.total_seconds() // 60)}
    return desk_page(request, "backoffice/tickets/reveal.html", context, status=status)


@require_POST
def customer_covering(request, number):
    """Cover the customer again. Nothing happens where nothing was shown."""
    ticket, _can = find(request, number)
    cover_again(ticket, by=request.user)
    return redirect(address(number))
