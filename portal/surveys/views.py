"""The survey behind its signed link. Opening it stores nothing: link checkers of mail programs open links too."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.errors import DeskError
from portal.reading import reading_as_customer
from portal.surveys.forms import SurveyForm
from portal.tickets.doors import Door
from portal.words import FACES, SCORES
from portal.writing.limits import SURVEYS, refusal
from stores.addresses import portal_url
from surveys.services import answer_survey, may_still_change, survey_behind
from tickets.access import CustomerAccess
from tickets.links import token_for


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def survey(request, token):
    survey = survey_behind(token)
    store = survey.ticket.store
    if store.pk != request.store.pk and request.method != "POST":
        query = request.META.get("QUERY_STRING", "")
        return redirect(portal_url(store, "survey", token) + (f"?{query}" if query else ""))
    with reading_as_customer(request, survey.ticket):
        response = _answer(request, survey) if request.method == "POST" else _page(request, survey, _unsent_form(request, survey))
        response.headers["Content-Language"] = get_language()
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(request, survey):
    refused = refusal(request, SURVEYS)
    if refused:
        raise refused
    form = SurveyForm(request.POST)
    if form.is_valid():
        try:
            answer_survey(survey, **form.cleaned_data)
            return redirect(request.path)
        except DeskError as error:
            error.add_to(form)
    return _page(request, survey, form, status=422)


def _unsent_form(request, survey):
    """Shows the face that was clicked in the mail, else the answer that is stored."""
    return SurveyForm(initial={"score": _clicked(request) or survey.score, "comment": survey.comment})


def _clicked(request):
    score = request.GET.get("score", "")
    return int(score) if score in {"1", "2", "3", "4", "5"} else None


def _page(request, survey, form, status=200):
    ticket = survey.ticket
    clicked = None if form.is_bound or _clicked(request) == survey.score else _clicked(request)
    may_go_on = ticket.is_closed and CustomerAccess(ticket).can_reply
    door = Door(ticket, token="" if ticket.customer.has_account else token_for(ticket))
    context = {
        "survey": survey,
        "ticket": ticket,
        "form": form,
        "faces": [(*face, str(form["score"].value()) == str(face[0])) for face in FACES],
        "clicked": SCORES.get(clicked),
        "saved": SCORES.get(survey.score),
        "may_change": may_still_change(survey),
        "again_url": f"{door.page_url}#answer" if may_go_on else "",
    }
    return render(request, "portal/surveys/survey.html", context, status=status)
