"""Several tickets of a list at once: which ones, what is to be done, and doing it. What became of each stands in bulk.py."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from backoffice.pages import desk_page, sight_of
from backoffice.tickets import searching
from backoffice.tickets.chosen_forms import FORMS, ChosenForm
from backoffice.tickets.listing import sections_in_order
from backoffice.tickets.lists import Choice, fields_for_lists, fields_of_lists
from backoffice.tickets.rows import dress
from backoffice.tickets.ways import to_list
from common.form_keys import claim_form
from common.paging import page_of
from departments.models import Department
from departments.request_types import types_to_choose_from
from tickets.bulk import DEEDS
from tickets.covering import known_stores
from tickets.models import Ticket
from tickets.services.bulk import MOST, begin_run, carry_out

TITLES = {
    "take": pgettext_lazy("tickets", "Take"),
    "assign": gettext_lazy("Give to somebody"),
    "status": gettext_lazy("Change the status"),
    "close": pgettext_lazy("verb, a ticket", "Close"),
    "priority": gettext_lazy("Change the priority"),
    "tag": gettext_lazy("Add tags"),
    "untag": gettext_lazy("Take tags off"),
    "reply": gettext_lazy("Answer all of them"),
    "note": gettext_lazy("Write a note on each"),
    "snooze": pgettext_lazy("verb, a ticket", "Snooze"),
    "wake": gettext_lazy("Wake"),
    "merge": gettext_lazy("Merge into one"),
    "read": gettext_lazy("Mark as read"),
}


@require_POST
def chosen_tickets(request):
    """Do something to the chosen tickets, or to all of a list. What asks for more, or was meant for a whole list, has a page in between."""
    deed, whole = request.POST.get("deed"), "whole" in request.POST
    numbers, left_out = _whole_list(request) if whole else (request.POST.getlist("ticket"), request.POST.get("left_out") == "1")
    numbers = list(dict.fromkeys(number for number in numbers if number.isalnum()))
    left_out = left_out or len(numbers) > MOST
    tickets = _tickets(request, numbers[:MOST])
    if deed not in DEEDS or not tickets:
        messages.info(request, _("Choose some tickets first."))
        return to_list(request)
    asks, answered = deed in FORMS or whole, "form_key" in request.POST
    make = FORMS.get(deed, ChosenForm)
    form = make(request.POST if answered or not asks else None, user=request.user, tickets=tickets)
    if asks and not answered or not form.is_valid():
        return _ask(request, deed, tickets, form, left_out=left_out)
    return _run(request, deed, tickets, form, unknown=len(numbers[:MOST]) - len(tickets), left_out=left_out)


def _tickets(request, numbers):
    """The chosen ones that this person sees, in the order they were chosen. Stored rows, not covered ones."""
    found = Ticket.objects.visible_to(sight_of(request)).for_page().filter(number__in=numbers)
    return sorted(found, key=lambda ticket: numbers.index(ticket.number))


def _whole_list(request):
    """(numbers of the first MOST tickets of the list this was sent from, whether there are more)."""
    sight = sight_of(request)
    departments = Department.objects.active().filter(pk__in=sight.departments).annotate(has_fields=Exists(fields_of_lists()))
    query = QueryDict(request.POST.get("list", "")[:1000])
    choice = Choice.read(query, list(departments), types_to_choose_from(), fields=fields_for_lists(request.user))
    search = searching.search_of(choice.words, sight, known_stores(sight))
    page = page_of(sections_in_order(choice, sight, search), size=MOST)
    ids = [row.pk for row in page.rows]
    numbers = dict(Ticket.objects.visible_to(sight).filter(pk__in=ids).values_list("pk", "number"))
    return [numbers[pk] for pk in ids if pk in numbers], bool(page.after)


def _ask(request, deed, tickets, form, *, left_out):
    rows = list(Ticket.objects.visible_to(sight_of(request)).for_inbox().filter(pk__in=[ticket.pk for ticket in tickets]))
    order = [ticket.pk for ticket in tickets]
    rows = dress(sorted(rows, key=lambda row: order.index(row.pk)), known_stores(sight_of(request)))
    context = {
        "deed": deed,
        "title": TITLES[deed],
        "tickets": rows,
        "form": form,
        "left_out": left_out,
        "most": MOST,
        "into": form.data.get("into", tickets[0].number),
        "can_undo": DEEDS[deed].undo is not None,
    }
    return desk_page(request, "backoffice/tickets/chosen.html", context, status=422 if form.is_bound else 200)


def _run(request, deed, tickets, form, *, unknown, left_out):
    with transaction.atomic():
        sent = claim_form(form, request)
        if sent.is_first:
            run = begin_run(deed, [ticket.pk for ticket in tickets], by=request.user, unknown=unknown, left_out=left_out)
            sent.finish(reverse("backoffice:bulk_run", args=[run.pk]))
    if sent.is_first:
        carry_out(run, **form.given)
    return redirect(sent.outcome_url)
