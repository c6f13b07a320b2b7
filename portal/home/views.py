"""The page a store puts on its site, in its app, into an SMS: who we are, how to ask, how it stands."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from departments.models import Department
from faq.models import FaqEntry
from portal.tickets.rows import rows_of
from tickets.models import Ticket

# How many requests stand on the home page, and how many answers.
REQUESTS = 4
IN_HERO = 3
READ_OFTEN = 6


@require_safe
@login_not_required
def home(request):
    """Works for visitors too; before a store is set up it only says so."""
    if not request.store:
        return render(request, "portal/home/not_yet.html", status=503)
    departments = list(Department.objects.offered_in(request.store))
    often = list(FaqEntry.objects.published_in(request.store).order_by("-reads", "position", "pk")[: IN_HERO + READ_OFTEN])
    context = {
        "departments": departments,
        "promise": _common_promise(departments),
        "asked_often": often[:IN_HERO],
        "read_often": often[IN_HERO:] or often,
        "requests": _requests(request),
    }
    context["waiting_for_you"] = sum(row.turn.is_yours for row in context["requests"])
    return render(request, "portal/home/home.html", context)


def _common_promise(departments):
    """The hours within which every department answers; None when they promise differently, and each says so itself."""
    hours = {department.promised_hours for department in departments}
    return hours.pop() if len(hours) == 1 else None


def _requests(request):
    """A few of this person's newest requests to this store, those that wait for the person first."""
    if not request.user.is_authenticated:
        return []
    mine = Ticket.objects.of_customer(request.user).filter(store=request.store).unmerged().for_portal_list().newest_first()
    waiting = list(mine.waiting_for_customer()[:REQUESTS])
    others = [ticket for ticket in mine[:REQUESTS] if ticket not in waiting]
    return rows_of((waiting + others)[:REQUESTS])
