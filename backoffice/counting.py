"""The numbers beside the lists, for the script that puts them there; and as a page, where there is no script."""

from django.http import JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from backoffice.counts import amount, counts_of
from backoffice.pages import desk_page, sight_of
from backoffice.tickets.inbox import Asked
from backoffice.tickets.listing import tickets_in
from backoffice.tickets.lists import VIEWS, Choice
from backoffice.tickets.panel import query_of
from departments.models import Department

COUNTED = ["mine", "unassigned", "unread", "watched", "open", "shared"]
#: So many of somebody's views are counted, the first of their panel.
MOST_VIEWS = 12


@require_safe
@vary_on_headers("Accept")
def counts(request):
    """{"numbers": {name: words, empty for none}, "words": {place: a sentence with its numbers}}, in the language of the reader."""
    sight = sight_of(request)
    numbers = {name: amount(number) if number else "" for name, number in counts_of(sight, _views(request)).items()}
    if "text/html" in request.headers.get("Accept", ""):
        return _page(request, sight, numbers)
    return JsonResponse({"numbers": numbers, "words": _sentences(numbers)})


def _views(request):
    """{name: its tickets} of the first views in the reader's panel, as far as counting them is cheap: open lists without words to look for.

    They are counted as the reader sees them, so that a number tells no more than the list.
    """
    asked = Asked(request, QueryDict(""))
    rows = {}
    for view in asked.panel.shown[:MOST_VIEWS]:
        choice = asked.read(query_of(view), saved=view.pk)
        if not choice.words and choice.view not in {"closed", "all"}:
            rows[f"view-{view.pk}"] = tickets_in(choice, asked.sight, known_stores=asked.known)
    return rows


def _sentences(numbers):
    given = {name: number or amount(0) for name, number in numbers.items()}
    return {
        **{name: _("%(number)s open") % {"number": given[name]} for name in ("mine", "unassigned")},
        "open": _("%(number)s open, %(unread)s unread") % {"number": given["open"], "unread": given["unread"]},
        "shared": _("%(number)s in all") % {"number": given["shared"]},
        "nobodys": _("Unassigned tickets: %(number)s") % {"number": given["unassigned"]},
    }


def _page(request, sight, numbers):
    inbox, zero = reverse("backoffice:inbox"), amount(0)
    rows = [(VIEWS[name], inbox + Choice(name).query, numbers[name] or zero) for name in COUNTED]
    for department in Department.objects.active().filter(pk__in=sight.departments):
        rows.append((department.name, inbox + Choice("open", department.pk).query, numbers[str(department.pk)] or zero))
    rows.append((_("News"), reverse("backoffice:notices"), numbers["notices"] or zero))
    return desk_page(request, "backoffice/counts.html", {"rows": rows})
