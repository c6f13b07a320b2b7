"""One person's ratings: on a page for who sees reports, and on one's own page for everybody on the staff."""

from dataclasses import replace

from django.contrib.auth import get_user_model
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from backoffice.pages import desk_page, sight_of
from backoffice.reports import parts
from backoffice.reports.choosing import Choice, department_names
from backoffice.reports.views import body, for_readers_of_reports, frame, setup_url
from backoffice.tickets.narrowings import colleagues_in
from common.moments import format_moment
from common.numbers import format_number
from reports import definitions as said
from reports.ratings import DEPARTMENT, read_ratings
from reports.scope import Scope, stores_with_reports
from reports.speed import first_answer_of
from reports.tallies import Change, Tally, score_words
from surveys.models import Survey


@require_safe
@for_readers_of_reports
def person(request, pk):
    """Beside the mean of the departments their rated tickets were in; no ranking of colleagues."""
    sight = sight_of(request)
    choice = _without_people(Choice.read(request.GET, sight))
    who = person_or_404(sight, pk)
    scope = choice.scope(sight, person=pk)
    found = read_ratings(scope, choice.period, choice.step)
    context = _context(found, scope, choice, sight, person=pk)
    context |= {
        "who": who,
        "mean_of_departments": _of_departments(found, choice, sight),
        "back_url": choice.address("ratings"),
        "address": choice.address("report_of_person", pk),
        "export_url": choice.address("ratings_export", table="answers", person=pk),
    }
    return desk_page(request, "backoffice/reports/person.html", context)


@require_safe
def mine(request):
    """One's own ratings, whatever one may see besides. Words are shown of tickets that one may still see."""
    sight = sight_of(request)
    choice = Choice.read({name: value for name, value in request.GET.items() if name in {"period", "day", "since", "until", "by"}}, sight)
    scope = Scope.own(sight)
    found = read_ratings(scope, choice.period, choice.step)
    context = _context(found, scope, choice, sight)
    context |= {"who": request.user, "is_own": True, "may_see_reports": bool(stores_with_reports(sight))}
    return desk_page(request, "backoffice/reports/person.html", context)


def person_or_404(sight, pk):
    """Somebody on the staff who sees tickets in one of the reader's departments, or whose ratings the reader may see."""
    people, _teams = colleagues_in(sorted(sight.departments))
    who = people.filter(pk=pk).first()
    if who is None and Scope.of(sight, person=pk).narrow(Survey.objects.answered()).exists():
        who = get_user_model().objects.filter(pk=pk).first()
    if who is None:
        raise Http404
    return who


def _without_people(choice):
    return replace(choice, narrowed=tuple((name, value) for name, value in choice.narrowed if name not in {"person", "team"}))


def _context(found, scope, choice, sight, **more):
    sums = parts.sums_of(found, "" if scope.is_own else choice.address("rating_answers", **more))
    names = parts.Names(departments={key: str(name) for key, name in department_names().items()})
    departments = parts.rows_of(found, DEPARTMENT, names)
    for row in departments:
        row.answers_url = "" if scope.is_own else choice.address("rating_answers", department=row.key, **more)
    context = frame(choice, sight, with_menus=not scope.is_own, without={"person", "team"}) | body(found, scope, choice, **more)
    return context | {"sums": [*sums, _speed(scope, choice.period)], "departments": departments, "setup_url": setup_url(sight)}


def _speed(scope, period):
    """The median until the first answer, and the one of the period before."""
    now, number = first_answer_of(scope, period.span)
    before, number_before = first_answer_of(scope, period.before)
    words = _span(now) if number >= said.FEWEST else "–"
    rest = ngettext("%(number)s first answer", "%(number)s first answers", number) % {"number": format_number(number)}
    change = Change("", "")
    if number >= said.FEWEST:
        is_told = number_before >= said.FEWEST
        change = Change("", _("before: %(span)s") % {"span": _span(before)} if is_told else _("too few answers before to compare"))
    return parts.Sum(said.FIRST_ANSWER, words, rest, change)


def _span(span):
    return format_moment(timezone.now() - span, "ago")


def _of_departments(found, choice, sight):
    """The mean of all ratings in the departments where this person's were given, in words."""
    keys = {key for key, tally in found.now.parts[DEPARTMENT].items() if tally.number}
    if not keys:
        return ""
    of_all = read_ratings(choice.scope(sight), choice.period, "month").now.parts[DEPARTMENT]
    counts = {}
    for key in keys:
        for score, number in of_all.get(key, Tally()).counts.items():
            counts[score] = counts.get(score, 0) + number
    tally = Tally(counts)
    words = ngettext("%(mean)s, of %(number)s rating", "%(mean)s, of %(number)s ratings", tally.number)
    return words % {"mean": score_words(tally.mean), "number": format_number(tally.number)}
