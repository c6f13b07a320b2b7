"""The audit log: newest first, day by day, narrowed as somebody asked, and as a file for a spreadsheet."""

from itertools import groupby

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.limits import limit_or_refuse
from common.moments import current_reader
from common.paging import Section, page_at
from control.audit.asked import Asked, deeds_to_ask_for, people_to_ask_for
from control.audit.export import MOST, file_of
from control.audit.reading import LOOKED_THROUGH, lines_in, newest_number
from control.audit.words import KINDS, Teller

PAGE_SIZE = 50


@require_safe
def log(request):
    people = people_to_ask_for()
    asked = Asked.read(request.GET, people)
    page = page_at([Section("lines", lines_in(asked, request.user), "-created_at")], request.GET, size=PAGE_SIZE, address=asked.query)
    told = Teller(request.user).told(page.rows)
    context = {
        "asked": asked,
        "people": people.items(),
        "person": people.get(asked.person),
        "groups": deeds_to_ask_for(),
        "kinds": KINDS.items(),
        "thing_name": told[0].teller.thing(told[0].line) if told and asked.thing_id else "",
        "days": _by_day(told),
        "page": page,
        "looked_through": LOOKED_THROUGH if asked.words and newest_number() > LOOKED_THROUGH else None,
        "most": MOST,
    }
    return render(request, "control/audit/log.html", context)


def _by_day(told):
    """(midday of the day where the reader lives, its lines)."""
    zone = current_reader().zone
    return [(day, list(rows)) for day, rows in groupby(told, key=lambda row: timezone.localdate(row.at, zone))]


@require_POST
def export(request):
    """What is asked for in the address, as it stood there when the button was pressed; a mistake in it leads back to the page."""
    asked = Asked.read(request.POST, people_to_ask_for())
    if asked.has_mistakes:
        return redirect(f"{reverse('control:audit')}{asked.query}")
    limit_or_refuse(f"export:audit:{request.user.pk}", 20, 3600)
    return file_of(asked, request.user)
