"""Watching a ticket, and no longer; and letting colleagues watch it."""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.doors import require
from backoffice.pages import menu_page
from backoffice.tickets.person_forms import PersonField
from backoffice.tickets.ways import address, find, go_back
from common.errors import DeskError
from common.templatetags.formats import isolate
from tickets.audience import people_who_see
from tickets.services.watching import add_watcher, take_off_watcher, unwatch_ticket, watch_ticket


@require_POST
def watch(request, number):
    """Begin to watch; with `stop`, end it. Sending it twice is as good as once."""
    ticket, _can = find(request, number)
    if "stop" in request.POST:
        unwatch_ticket(ticket, by=request.user)
        messages.success(request, _("You do not watch this ticket any more."))
    else:
        watch_ticket(ticket, by=request.user)
        messages.success(request, _("You watch this ticket: you hear of everything that happens here."))
    return go_back(request, number)


class WatcherForm(forms.Form):
    user = PersonField(
        get_user_model().objects.none(),
        label=gettext_lazy("A colleague who should watch it"),
        empty_label=gettext_lazy("Choose a colleague"),
        error_messages={"invalid_choice": gettext_lazy("This person does not see the ticket, or watches it already.")},
    )

    def __init__(self, *args, ticket, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_who_see(ticket).exclude(pk__in=ticket.watches.values("user"))


@require_http_methods(["GET", "HEAD", "POST"])
def watchers(request, number):
    """Who watches the ticket. Whoever sees it reads the list; who writes notes adds colleagues; with `take_off`, one is taken off."""
    ticket, can = find(request, number)
    if request.method == "POST":
        require(can.can_call_watchers, _("You may not write notes in this department, so you may not say who watches either."))
    if "take_off" in request.POST:
        return _take_off(request, ticket)
    form = WatcherForm(request.POST if request.method == "POST" else None, ticket=ticket) if can.can_call_watchers else None
    if form and form.is_bound and form.is_valid():
        try:
            add_watcher(ticket, form.cleaned_data["user"], by=request.user)
            return go_back(request, number, address(number, "#watchers"))
        except DeskError as refusal:
            refusal.add_to(form)
    seers = set(people_who_see(ticket).values_list("pk", flat=True))
    watches = list(ticket.watches.select_related("user").order_by("user__name", "user"))
    for row in watches:
        row.is_blind = row.user_id not in seers
    context = {"ticket": ticket, "form": form, "watches": watches, "can": can}
    refused = bool(form and form.is_bound)
    return menu_page(request, "backoffice/tickets/watchers.html", "backoffice/tickets/_watching.html", context, refused=refused)


def _take_off(request, ticket):
    wanted = request.POST["take_off"]
    row = next((row for row in ticket.watches.select_related("user") if str(row.user_id) == wanted), None)
    if row is None:
        raise Http404
    take_off_watcher(ticket, row.user, by=request.user)
    messages.success(request, _("%(name)s does not watch this ticket any more.") % {"name": isolate(row.user)})
    return go_back(request, ticket.number, address(ticket.number, "#watchers"))
