"""Linking two tickets, and taking the link away. What one does not see is said to be no ticket at all."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require
from backoffice.pages import desk_page, sight_of
from backoffice.tickets.linked import link_rows, linked_tickets, links_before
from backoffice.tickets.ways import address, find, go_back
from common.errors import DeskError
from common.numbers import ascii_digits
from common.text import clean_line
from tickets.access import TicketAccess
from tickets.choices import LinkKind
from tickets.covering import known_stores
from tickets.models import Ticket, TicketLink
from tickets.services.linking import link_tickets, unlink_tickets

#: How the ticket before us stands to the other one: (kind, whether it is the source).
WAYS = {
    "related": (LinkKind.RELATED, True),
    "waits": (LinkKind.BLOCKS, False),
    "blocks": (LinkKind.BLOCKS, True),
    "part": (LinkKind.PARENT, False),
    "parent": (LinkKind.PARENT, True),
}


class LinkForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Number of the other ticket"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How they belong together"),
        choices=[
            ("related", gettext_lazy("They are related")),
            ("waits", gettext_lazy("This ticket waits for the other one")),
            ("blocks", gettext_lazy("The other ticket waits for this one")),
            ("part", gettext_lazy("This ticket is a part of the other one")),
            ("parent", gettext_lazy("The other ticket is a part of this one")),
        ],
        widget=forms.RadioSelect,
        initial="related",
    )

    def clean_number(self):
        return ascii_digits(clean_line(self.cleaned_data["number"], 40)).strip().lstrip("#")


@require_http_methods(["GET", "HEAD", "POST"])
def links(request, number):
    """The links of a ticket, and a new one. The other ticket must be seen, and let one write a note there; to make it wait, move it."""
    ticket, can = find(request, number)
    require(can.can_link, _("You may not link tickets of this department."))
    form = LinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, ticket, form, status=422 if form.is_bound else 200)
    typed, (kind, is_source) = form.cleaned_data["number"], WAYS[form.cleaned_data["way"]]
    other = Ticket.objects.visible_to(request.user).for_page().filter(number=typed).first() if typed.isalnum() else None
    there = other and TicketAccess(request.user, other)
    needed = there and (there.can_link if kind == LinkKind.BLOCKS and is_source else there.can_note)
    if other is None:
        form.add_error("number", _("There is no ticket with this number that you see."))
        return _show(request, ticket, form, status=404)
    require(needed, _("You see that ticket, but you may not link it like this."))
    try:
        link_tickets(*((ticket, other) if is_source else (other, ticket)), kind, by=request.user)
    except DeskError as refusal:
        refusal.add_to(form)
        return _show(request, ticket, form, status=422)
    messages.success(request, _("The tickets are linked."))
    return go_back(request, number, address(number, "#links"))


def _show(request, ticket, form, *, status):
    context = {"ticket": ticket, "form": form, "links": _seen_links(request, ticket)}
    return desk_page(request, "backoffice/tickets/links.html", context, status=status)


def _seen_links(request, ticket):
    sight, rows = sight_of(request), link_rows(ticket)
    return links_before(rows, linked_tickets(Ticket.objects.visible_to(sight), rows), known_stores(sight))


@require_POST
def link_removal(request, number, pk):
    """Take a link away. One that leads out of sight is not there to take away."""
    ticket, can = find(request, number)
    require(can.can_link, _("You may not link tickets of this department."))
    if pk not in {row.pk for row in _seen_links(request, ticket)}:
        raise Http404
    unlink_tickets(TicketLink(pk=pk), by=request.user)
    messages.success(request, _("The link is gone."))
    return go_back(request, number, address(number, "#links"))
