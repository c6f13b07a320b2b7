"""What the ratings say: the report for who sees reports, and the list behind its numbers."""

from functools import wraps
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from backoffice.pages import desk_page, sight_of
from backoffice.reports import parts
from backoffice.reports.answers import answers_page, narrowed, newest_comments
from backoffice.reports.choosing import Choice, menus
from backoffice.reports.words import SCORES
from permissions.rights import StoreRight
from reports import definitions as said
from reports.periods import PERIODS, STEPS
from reports.questions import read_questions
from reports.ratings import read_ratings
from reports.scope import stores_with_reports


def for_readers_of_reports(view):
    """For who sees reports in no store there is no such page."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not stores_with_reports(sight_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
def reports(request):
    """The report, or one's own ratings for who sees no reports."""
    return redirect("backoffice:ratings" if stores_with_reports(sight_of(request)) else "backoffice:my_ratings")


@require_safe
@for_readers_of_reports
def ratings(request):
    sight = sight_of(request)
    choice = Choice.read(request.GET, sight)
    scope, period, step = choice.scope(sight), choice.period, choice.step
    found = read_ratings(scope, period, step)
    people, departments = parts.people_and_departments(found, parts.Names.of(found), choice)
    context = frame(choice, sight) | body(found, scope, choice) | {"people": people, "departments": departments}
    return desk_page(request, "backoffice/reports/ratings.html", context | {"setup_url": setup_url(sight)})


@require_safe
@for_readers_of_reports
def answers(request):
    """The ratings behind a number, newest first."""
    sight = sight_of(request)
    choice = Choice.read(request.GET, sight)
    asked = narrowed(request.GET)
    more = {"score": asked["score"], "question": asked["question"], "comments": "1" if asked["only_comments"] else ""}
    page = answers_page(choice.scope(sight), choice, request.GET, address=choice.address("rating_answers", **more))
    context = frame(choice, sight) | {
        "page": page,
        "score": asked["score"],
        "scores": SCORES.items(),
        "question": asked["question"],
        "only_comments": asked["only_comments"],
        "back_url": choice.address("ratings"),
        "export_url": choice.address("ratings_export", table="answers"),
    }
    return desk_page(request, "backoffice/reports/answers.html", context)


def frame(choice, sight, *, with_menus=True, without=()):
    """What stands above every report: the days, what narrows it (all but the menus named), and how it is counted."""
    period = choice.period
    return {
        "choice": choice,
        "period": period,
        "periods": PERIODS.items(),
        "menus": [menu for menu in menus(choice, sight) if menu[0] not in without] if with_menus else [],
        "steps": [(step, STEPS[step]) for step in period.steps_offered],
        "step": choice.step,
        "older": "?" + urlencode(choice.at(period.older).given),
        "newer": "?" + urlencode(choice.at(period.newer).given) if period.newer else "",
        "whose": said.WHOSE,
        "seen": said.SEEN,
        "few": parts.few_words(),
    }


def body(found, scope, choice, **more):
    """The parts that the report and a person's page have in common."""
    period, step = choice.period, choice.step
    comments, has_more = newest_comments(scope, period)
    return {
        "ratings": found,
        "sums": parts.sums_of(found, "" if scope.is_own else choice.address("rating_answers", **more)),
        "line": parts.line_of(found, step),
        "line_says": parts.line_says(found, step),
        "over_time": [(parts.step_words(span, step), tally) for span, tally in found.steps],
        "scores": parts.scores_of(found.now.score, None if scope.is_own else choice, **more),
        "helped": parts.helped_of(found.now.helped),
        "questions": parts.questions_of(read_questions(scope, period), None if scope.is_own else choice, **more),
        "comments": comments,
        "comments_url": choice.address("rating_answers", comments=1, **more) if has_more and not scope.is_own else "",
        "measures": said,
    }


def setup_url(sight):
    """Where surveys are switched on, for who may."""
    if not sight.places_with(StoreRight.CHANGE_SETTINGS):
        return ""
    try:
        return reverse("control:surveys")
    except NoReverseMatch:
        return ""
