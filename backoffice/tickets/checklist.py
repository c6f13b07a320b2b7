"""The checklist beside a ticket: written, ticked, put in order."""

from django import forms
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
from tickets.models.checklist import ITEM_LIMIT, checklist_of
from tickets.services.checklist import MOST_ITEMS, add_items, move_item, remove_item, tick_item


class ItemsForm(OneTimeForm):
    names = LongTextField(
        label=gettext_lazy("What is to be done"),
        limit=MOST_ITEMS * (ITEM_LIMIT + 1),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("One thing on each line."),
    )

    def clean_names(self):
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if any(len(name) > ITEM_LIMIT for name in names):
            raise forms.ValidationError(_("One of the lines is too long. Say it in fewer words."))
        return names


#: Name of a button of the list -> what it does with its item.
BUTTONS = {
    "tick": lambda item, by: tick_item(item, done=True, by=by),
    "untick": lambda item, by: tick_item(item, done=False, by=by),
    "up": lambda item, by: move_item(item, up=True, by=by),
    "down": lambda item, by: move_item(item, up=False, by=by),
    "remove": lambda item, by: remove_item(item, by=by),
}


@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request, number):
    """Add to the list; with one of BUTTONS, change an item. The page of the list is the place to put it in order."""
    ticket, can = find(request, number)
    require(can.can_check, _("You may not write notes in this department, so you may not change its checklists either."))
    button = next((name for name in BUTTONS if name in request.POST), None)
    if button:
        return _press(request, ticket, button)
    form = ItemsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                if claim_form(form, request).is_first:
                    add_items(ticket, form.cleaned_data["names"], by=request.user)
            return _back(request, number)
        except DeskError as refusal:
            refusal.add_to(form)
    items = checklist_of(ticket)
    for item in items:
        item.name = ticket.mask.text(item.name)
    context = {"ticket": ticket, "form": form, "items": items, "can": can}
    return menu_page(request, "backoffice/tickets/checklist.html", "backoffice/tickets/_adding.html", context, refused=form.is_bound)


def _press(request, ticket, button):
    item = next((item for item in checklist_of(ticket) if str(item.pk) == request.POST[button]), None)
    if item is None:
        raise Http404
    BUTTONS[button](ticket.checklist.get(pk=item.pk), request.user)
    return _back(request, ticket.number)


def _back(request, number):
    """Where the button was pressed: beside the talk, or on the page of the list."""
    place = address(number, "checklist/") if request.POST.get("from") == "list" else address(number, "#checklist")
    return go_back(request, number, place)
