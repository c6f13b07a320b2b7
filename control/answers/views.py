"""Prepared answers: what staff put into a reply with one button."""

from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.form_keys import claim_form
from common.normaliser import search_terms
from common.text import clean_line
from control.answers.forms import AnswerForm
from control.answers.publishing import publish_with
from control.belonging import Own, require_own
from control.moves import places_asked_for
from control.words import missing_languages
from stores.addresses import portal_url
from tickets.models import ReplyTemplate
from tickets.models.reply_template import Scope
from tickets.prepared import folded_words
from tickets.services.reply_templates import delete_reply_template, move_reply_template, write_reply_template
from tickets.variables import VARIABLES

ORDER = [Scope.ALL, Scope.STORE, Scope.DEPARTMENT, Scope.TEAM]


def _templates(store):
    people = ("department", "team", "store", "faq_entry")
    return ReplyTemplate.objects.known_in(store).select_related(*people).prefetch_related("department__stores")


def _row(template):
    """The list, opened at this answer."""
    return f"{reverse('control:answers')}#answer-{template.pk}"


def own_template(request, store, pk):
    """The prepared answer, which this person may change."""
    found = get_object_or_404(_templates(store), pk=pk)
    require_own(Own(request.user).has_template(found))
    return found


@require_safe
def answers(request, store):
    """Those for everybody first, then by store, department and team. What people keep for themselves is not here."""
    words = clean_line(request.GET.get("q"), 100)
    terms, own = search_terms(words), Own(request.user)
    rows = [row for row in _templates(store).order_by("position", "pk") if all(term in folded_words(row) for term in terms)]
    for row in rows:
        row.is_own = own.has_template(row)
        row.dots = missing_languages(store, {language for language, (_title, text) in row.words.items() if text})
    groups = [(scope, place, list(group)) for (scope, place), group in groupby(sorted(rows, key=_place), key=_heading)]
    return render(request, "control/answers/list.html", {"groups": groups, "words": words})


def _heading(template):
    return template.scope, template.team or template.department or template.store


def _place(template):
    scope, place = _heading(template)
    return ORDER.index(scope), getattr(place, "position", 0), getattr(place, "pk", 0)


@require_http_methods(["GET", "HEAD", "POST"])
def new_answer(request, store):
    data = request.POST if request.method == "POST" else None
    own, department = Own(request.user), request.GET.get("department", "")
    initial = {"department": department, "scope": Scope.DEPARTMENT if department else Scope.ALL if own.all_of_them else Scope.STORE}
    form = AnswerForm(data, store=store, own=own, initial=initial)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                sent.finish(_row(_write(form, by=request.user)))
                messages.success(request, _("The prepared answer is saved."))
        return redirect(sent.outcome_url)
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, store, pk):
    found = own_template(request, store, pk)
    data = request.POST if request.method == "POST" else None
    initial = {name: getattr(found, name) for name in ("scope", "department", "team", "store", "is_public")}
    form = AnswerForm(data, store=store, own=Own(request.user), words=found.words, initial=initial)
    if form.is_bound and form.is_valid():
        _write(form, template=found, by=request.user)
        messages.success(request, _("The prepared answer is saved."))
        return redirect(_row(found))
    seen_at = portal_url(found.store or store, "faq_entry", found.faq_entry_id) if found.is_public else ""
    return _page(request, form, answer=found, seen_at=seen_at)


def _page(request, form, **more):
    context = {"form": form, "variables": VARIABLES.items(), **more}
    return render(request, "control/answers/answer.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _write(form, *, by, **which):
    template = write_reply_template(words=form.cleaned_data["words"], by=by, **form.places, **which)
    publish_with(template, is_public=form.cleaned_data["is_public"], by=by)
    return template


@require_POST
def place(request, store, pk):
    """One up, or one down; or as far as it was dragged."""
    found = own_template(request, store, pk)
    move_reply_template(found, places=places_asked_for(request), by=request.user)
    return redirect(_row(found))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk):
    """Asks first; what is deleted does not come back."""
    found = own_template(request, store, pk)
    if request.method != "POST":
        return render(request, "control/answers/removal.html", {"answer": found})
    delete_reply_template(found, by=request.user)
    messages.success(request, _("The prepared answer is deleted."))
    return redirect("control:answers")
