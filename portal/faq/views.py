"""Questions and answers, open to everybody: read, search, say what helped."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from common.limits import client_ip, limited, network_of
from common.normaliser import search_terms
from common.text import clean_line
from departments.models import Department
from faq.models import FaqEntry
from faq.services import count_reading, count_solved
from portal.stores import store_or_404

# More than this on one page helps nobody; the search finds the rest.
SHOWN = 200
# Reading again within an hour, or clicking “This solved it” twice a day, counts once per address.
READ_AGAIN, SOLVED_AGAIN = 3600, 24 * 3600


@require_safe
@login_not_required
def faq(request):
    """All answers by department, or a list of those in which every word of the search occurs."""
    words = clean_line(request.GET.get("q"), 100)
    entries = FaqEntry.objects.published_in(store_or_404(request)).select_related("department")
    if words:
        terms = search_terms(words)
        found = list(entries.matching(terms)[:SHOWN]) if terms else []
        return render(request, "portal/faq/found.html", {"words": words, "found": found})
    placed = sorted(entries[:SHOWN], key=_place)
    groups = [(department, list(group)) for department, group in groupby(placed, key=lambda entry: entry.department)]
    return render(request, "portal/faq/list.html", {"groups": groups})


def _place(entry):
    """Departments in their order; what belongs to none comes first. Sorting keeps the owner's order within one."""
    return (entry.department.position, entry.department_id) if entry.department else (-1, 0)


@require_safe
@login_not_required
def entry(request, pk):
    entry = get_object_or_404(FaqEntry.objects.published_in(store_or_404(request)).select_related("department"), pk=pk)
    if request.method == "GET" and _is_first(request, "read", entry, READ_AGAIN):
        count_reading(entry)
    others = FaqEntry.objects.published_in(request.store).of_department(entry.department).exclude(pk=pk)[:5]
    is_offered = entry.department and Department.objects.offered_in(request.store).filter(pk=entry.department.pk).exists()
    return render(
        request, "portal/faq/entry.html", {"entry": entry, "others": others, "department": entry.department if is_offered else None}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def solved(request, pk):
    """The answer was enough: counted, and the person may leave without a ticket."""
    entry = get_object_or_404(FaqEntry.objects.published_in(store_or_404(request)), pk=pk)
    if request.method != "POST":
        return redirect("portal:faq_entry", pk)
    if _is_first(request, "solved", entry, SOLVED_AGAIN):
        count_solved(entry)
    return redirect("portal:faq_thanks")


@require_safe
@login_not_required
def thanks(request):
    return render(request, "portal/faq/thanks.html")


def _is_first(request, what, entry, seconds):
    """Whether this address does it for the first time in a while. Browsers that only fetch ahead read nothing."""
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    return not limited(f"faq {what}:{entry.pk}:{network_of(client_ip(request))}", 1, seconds)
