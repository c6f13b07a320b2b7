"""The survey behind its signed link. Opening it stores nothing: link checkers of mail programs open links too."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.errors import DeskError
from common.form_keys import claim_form
from portal.reading import reading_as_customer
from portal.surveys.forms import AgainForm, SurveyForm
from portal.tickets.doors import Door
from portal.words import FACES, SCORES
from portal.writing.limits import REPLIES, SURVEYS, refusal
from stores.addresses import portal_url
from surveys.rules import questions_for, rules_of
from surveys.services import answer_survey, is_bad, may_still_change, survey_behind
from tickets.access import CustomerAccess
from tickets.links import token_for
from tickets.services.lifecycle import reply_as_customer

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@login_not_required
@never_cache
def survey(request, token):
    survey = survey_behind(token)
    return _spoken(request, survey, token, _answer, lambda: _page(request, survey, token, _unsent_form(request, survey)))


@page
@login_not_required
@never_cache
def reopening(request, token):
    """After a bad rating the customer opens the request again right there, in words that become their answer."""
    survey = survey_behind(token)
    return _spoken(request, survey, token, _open_again, lambda: redirect("portal:survey", token))


def _spoken(request, survey, token, post, get):
    """In the customer's language, at the ticket's own store; search engines keep nothing of it."""
    store = survey.ticket.store
    if store.pk != request.store.pk and request.method != "POST":
        query = request.META.get("QUERY_STRING", "")
        return redirect(portal_url(store, "survey", token) + (f"?{query}" if query else ""))
    with reading_as_customer(request, survey.ticket):
        response = post(request, survey, token) if request.method == "POST" else get()
        response.headers["Content-Language"] = get_language()
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(request, survey, token):
    refused = refusal(request, SURVEYS)
    if refused:
        raise refused
    form = _form(survey, request.POST)
    if form.is_valid():
        try:
            answer_survey(survey, **form.said)
            return redirect("portal:survey", token)
        except DeskError as error:
            error.add_to(form)
    return _page(request, survey, token, form, status=422)


def _open_again(request, survey, token):
    refused = refusal(request, REPLIES)
    if refused:
        raise refused
    form = AgainForm(request.POST)
    if form.is_valid():
        try:
            return redirect(_store_words(request, survey, token, form))
        except DeskError as error:
            error.add_to(form)
    return _page(request, survey, token, _form(survey), again=form, status=422)


@transaction.atomic
def _store_words(request, survey, token, form):
    sent = claim_form(form, request)
    if sent.is_first:
        sent.finish(reverse("portal:survey", args=[token]))
        if _may_go_on(survey):
            reply_as_customer(survey.ticket, text=form.cleaned_data["words"])
    return sent.outcome_url


def _may_go_on(survey):
    return survey.ticket.is_closed and CustomerAccess(survey.ticket).can_reply


def _form(survey, data=None, **initial):
    known = {answer.question_id: answer for answer in survey.answers.all()}
    return SurveyForm(data, questions=questions_for(survey.store_id, survey.department_id), known=known, initial=initial)


def _unsent_form(request, survey):
    """Shows the face that was clicked in the mail, else the answer that is stored."""
    return _form(survey, score=_clicked(request) or survey.score, comment=survey.comment)


def _clicked(request):
    score = request.GET.get("score", "")
    return int(score) if score in {"1", "2", "3", "4", "5"} else None


def _page(request, survey, token, form, *, again=None, status=200):
    ticket = survey.ticket
    clicked = None if form.is_bound or again or _clicked(request) == survey.score else _clicked(request)
    may_go_on, bad = _may_go_on(survey), is_bad(survey)
    door = Door(ticket, token="" if ticket.customer.has_account else token_for(ticket))
    context = {
        "survey": survey,
        "ticket": ticket,
        "form": form,
        "faces": [(*face, str(form["score"].value()) == str(face[0])) for face in FACES],
        "clicked": SCORES.get(clicked),
        "clicked_score": clicked,
        "saved": SCORES.get(survey.score),
        "thanks": str(rules_of(survey.store_id).thanks),
        "may_change": may_still_change(survey),
        "again": (again or AgainForm()) if bad and may_go_on else None,
        "again_action": reverse("portal:survey_reopening", args=[token]),
        "again_url": f"{door.page_url}#answer" if may_go_on else "",
        "open_url": door.page_url if bad and not ticket.is_closed else "",
        "survey_url": reverse("portal:survey", args=[token]),
    }
    return render(request, "portal/surveys/survey.html", context, status=status)
