"""Questions and answers, open to everybody: read, search, say what helped."""

from functools import cache, partial

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.kept import kept
from common.limits import client_ip, limited, network_of
from faq.grouping import grouped, heading_of
from faq.models import FaqEntry
from faq.services import count_reading
from portal.faq.searching import found_in, show_found
from portal.faq.votes import keep_vote, vote_on
from portal.stores import offered_in, store_or_404
from tickets.search.understood import Understood

# More than this on one page helps nobody; the search finds the rest.
SHOWN = 200
#: Of what a search finds; each hit is read for the line that says why, and anybody may ask.
FOUND = 50
# Reading again within an hour counts once per address.
READ_AGAIN = 3600


def _entries(request):
    return _published(store_or_404(request))


def _published(store):
    return FaqEntry.objects.published_in(store).select_related("department", "section")


@require_safe
@login_not_required
def faq(request):
    """All answers under their headings in the look the owner chose, or a list of those in which every word of the search occurs."""
    search = Understood(request.GET.get("q"))
    entries = _entries(request)
    if search:
        found = show_found(found_in(entries, search)[:FOUND], search)
        return render(request, "portal/faq/found.html", {"words": search.typed, "found": found})
    # The template asks for the groups only where it has not kept them drawn.
    context = {"groups": cache(partial(_groups, request.store, entries[:SHOWN])), "look": request.store.faq_look}
    return render(request, "portal/faq/list.html", context)


def _groups(store, entries):
    offered = offered_in(store)
    for entry in entries:
        entry.takes_requests = entry.department in offered
    return grouped(entries, store)


@require_safe
@login_not_required
def entry(request, pk):
    store = store_or_404(request)
    answer = kept(("answer", store.pk, pk), lambda: _answer(store, pk))
    entry = answer["entry"]
    if request.method == "GET" and _is_first(request, "read", entry, READ_AGAIN):
        count_reading(entry)
    return render(request, "portal/faq/entry.html", {**answer, "vote": vote_on(request, entry)})


def _answer(store, pk):
    """What its page shows to everybody."""
    entries = _published(store)
    entry = get_object_or_404(entries, pk=pk)
    return {
        "entry": entry,
        "others": list(entries.of_group(entry).exclude(pk=pk)[:5]),
        "department": entry.department if entry.department in offered_in(store) else None,
        "heading": heading_of(entry, store),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def solved(request, pk):
    """The answer was enough: counted, and the person may leave without a ticket."""
    entry = get_object_or_404(_entries(request), pk=pk)
    if request.method != "POST":
        return redirect("portal:faq_entry", pk)
    keep_vote(request, entry, "yes")
    return redirect("portal:faq_thanks")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def helpful(request, pk):
    """“Was this helpful?” answered with yes or no: counted, and said back beside the answer."""
    entry = get_object_or_404(_entries(request), pk=pk)
    if request.method == "POST" and request.POST.get("vote") in {"yes", "no"}:
        keep_vote(request, entry, request.POST["vote"])
    return redirect(f"{reverse('portal:faq_entry', args=[pk])}#helpful")


@require_safe
@login_not_required
def thanks(request):
    return render(request, "portal/faq/thanks.html")


def _is_first(request, what, entry, seconds):
    """Whether this address does it for the first time in a while. Browsers that only fetch ahead read nothing."""
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    return not limited(f"faq {what}:{entry.pk}:{network_of(client_ip(request))}", 1, seconds)
