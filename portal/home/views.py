"""The page a store puts on its site, in its app, into an SMS: who we are, how to ask, how it stands."""

import time

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.kept import kept
from faq.models import FaqEntry
from portal.customer import blocked_words, customer_before
from portal.stores import offered_in
from portal.tickets.rows import rows_of
from tickets.models import Ticket

# How many requests stand on the home page, and how many answers.
REQUESTS = 4
IN_HERO = 3
READ_OFTEN = 6
# For so many seconds the answers read most stay the same.
COUNT_AGAIN = 600


@require_safe
@login_not_required
def home(request):
    """Works for visitors too; before a store is set up it only says so."""
    if not request.store:
        return render(request, "portal/home/not_yet.html", status=503)
    departments, often = offered_in(request.store), _read_often(request.store)
    context = {
        "departments": departments,
        "promise": _common_promise(departments),
        "often": [entry.pk for entry in often],
        "asked_often": often[:IN_HERO],
        "read_often": often[IN_HERO:] or often,
        "requests": _requests(request),
        "blocked_words": blocked_words(customer_before(request)),
    }
    context["waiting_for_you"] = sum(row.turn.is_yours for row in context["requests"])
    return render(request, "portal/home/home.html", context)


def _read_often(store):
    """The answers that were read most. Reading is no setting, so they are counted anew after a while."""
    entries = FaqEntry.objects.published_in(store).order_by("-reads", "position", "pk")
    return kept(("read often", store.pk, int(time.time() / COUNT_AGAIN)), lambda: list(entries[: IN_HERO + READ_OFTEN]))


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
