"""Tags of a ticket: typed beside it, taken off one by one."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require
from backoffice.pages import menu_page
from backoffice.tickets.ways import address, find, go_back
from common.errors import DeskError
from common.fields import LineField
from common.form_keys import OneTimeForm, claim_form
from tickets.covering import tags_before
from tickets.models import Tag
from tickets.services.tagging import tag_ticket, untag_ticket

#: As many as a list under a field may offer; whoever knows another one types it.
MOST_OFFERED = 500
_BETWEEN = str.maketrans({"،": ",", "؛": ",", ";": ",", "\n": ","})


class TagsForm(OneTimeForm):
    names = LineField(
        label=gettext_lazy("Tags"),
        limit=400,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "list": "tag_names"}),
        help_text=gettext_lazy("Put commas between several."),
    )

    def clean_names(self):
        names = [name.strip() for name in self.cleaned_data["names"].translate(_BETWEEN).split(",")]
        names = [name for name in names if name]
        if not names:
            raise forms.ValidationError(_("Write a tag first."))
        return names


@require_http_methods(["GET", "HEAD", "POST"])
def tags(request, number):
    """Put tags on the ticket. Those of its store are offered; what is new is made."""
    ticket, can = find(request, number)
    require(can.can_tag, _("You may not change tags in this department."))
    form = TagsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                if claim_form(form, request).is_first:
                    tag_ticket(ticket, form.cleaned_data["names"], by=request.user)
            return go_back(request, number, address(number, "#tags"))
        except DeskError as refusal:
            refusal.add_to(form)
    context = {"ticket": ticket, "form": form, "tags": tags_before(ticket), "offered": _offered(ticket), "can": can}
    return menu_page(request, "backoffice/tickets/tags.html", "backoffice/tickets/_tagging.html", context, refused=form.is_bound)


def _offered(ticket):
    """Names of tags of the ticket's store, without those in which the reader's mask finds something to cover."""
    names = Tag.objects.filter(store=ticket.store_id).by_name().values_list("name", flat=True)[:MOST_OFFERED]
    return [name for name in names if ticket.mask.text(name) == name]


@require_POST
def removal(request, number, pk):
    """Take one tag off. One that the ticket does not carry is not there to take off."""
    ticket, can = find(request, number)
    require(can.can_tag, _("You may not change tags in this department."))
    if pk not in {tag.pk for tag in tags_before(ticket)}:
        raise Http404
    untag_ticket(ticket, [pk], by=request.user)
    messages.success(request, _("The tag is off."))
    return go_back(request, number, address(number, "#tags"))
