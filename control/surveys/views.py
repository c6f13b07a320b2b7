"""The survey after closing: when customers are asked, what else, and where a department asks otherwise."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.form_keys import claim_form
from control.moves import places_asked_for
from control.surveys.forms import DepartmentForm, QuestionForm, RulesForm
from control.surveys.preview import preview_in
from departments.models import Department
from departments.switches import RATING
from notifications.choices import Audience, Template
from notifications.ways import ways_of
from surveys import building
from surveys.models import SurveyQuestion
from surveys.rules import department_rules, rules_of

page = require_http_methods(["GET", "HEAD", "POST"])


def _departments(store):
    return Department.objects.filter(stores=store, archived_at=None).order_by("position", "pk")


def _questions(store, department=None):
    rows = SurveyQuestion.objects.filter(store=store, department=department).select_related("wording")
    return list(rows.order_by("position", "pk"))


def _find(store, pk):
    return get_object_or_404(SurveyQuestion.objects.select_related("wording", "department", "store"), pk=pk, store=store)


def _set_url(department):
    return reverse("control:survey_department", args=[department.pk]) if department else reverse("control:surveys")


def _set_of(store, department=None):
    """What the page of one set shows: the questions in their order, those that were removed, and the preview."""
    rows = _questions(store, department)
    kept = [row for row in rows if not row.is_archived]
    return {
        "questions": kept,
        "removed": [row for row in rows if row.is_archived],
        "is_full": len(kept) >= building.MOST,
        "previews": preview_in(kept, store) if kept else [],
        "new_url": reverse("control:new_survey_question") + (f"?department={department.pk}" if department else ""),
    }


@require_safe
def surveys(request, store):
    departments = list(_departments(store))
    for department in departments:
        department.rules = department_rules(store.pk, department.pk)
        department.asks = department.uses(RATING) and department.is_public
    return render(request, "control/surveys/list.html", {"departments": departments, **_set_of(store)})


@page
def rules(request, store):
    form = RulesForm(request.POST if request.method == "POST" else None, store=store, rules=rules_of(store.pk))
    if form.is_bound and form.is_valid():
        building.change_rules(store, form.changes, by=request.user)
        messages.success(request, _("The settings are saved."))
        return redirect("control:survey_rules")
    ways = ways_of(Template.SURVEY, Audience.CUSTOMER, store=store.pk)
    return render(request, "control/surveys/rules.html", {"form": form, "ways": ways}, status=422 if form.is_bound else 200)


@page
def department(request, store, pk):
    found = get_object_or_404(_departments(store), pk=pk)
    form = DepartmentForm(request.POST if request.method == "POST" else None, rules=department_rules(store.pk, found.pk))
    if form.is_bound and form.is_valid():
        building.change_department_rules(store, found, **form.cleaned_data, by=request.user)
        messages.success(request, _("The settings are saved."))
        return redirect("control:survey_department", pk)
    context = {"department": found, "form": form, "is_own": department_rules(store.pk, found.pk).own_questions, **_set_of(store, found)}
    return render(request, "control/surveys/department.html", context, status=422 if form.is_bound else 200)


@page
def new_question(request, store):
    pk = request.GET.get("department", "")
    found = get_object_or_404(_departments(store), pk=pk) if pk.isascii() and pk.isdecimal() and len(pk) < 18 else None
    made = SurveyQuestion(store=store, department=found)
    form = QuestionForm(request.POST if request.method == "POST" else None, store=store, question=made)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                building.save_question(made, form.cleaned_data, by=request.user)
                sent.finish(f"{_set_url(found)}#question-{made.pk}")
                messages.success(request, _("The question is saved."))
        return redirect(sent.outcome_url)
    context = {"form": form, "department": found, "back_url": _set_url(found)}
    return render(request, "control/surveys/question.html", context, status=422 if form.is_bound else 200)


@page
def question(request, store, pk):
    found = _find(store, pk)
    held = building.is_held(found)
    form = QuestionForm(request.POST if request.method == "POST" else None, store=store, question=found, is_held=held)
    if form.is_bound and form.is_valid():
        building.save_question(found, form.cleaned_data, by=request.user)
        messages.success(request, _("The question is saved."))
        return redirect(f"{_set_url(found.department)}#question-{pk}")
    shown = _find(store, pk)
    context = {
        "form": form,
        "question": shown,
        "held": shown.answers.count() if held else 0,
        "department": shown.department,
        "back_url": _set_url(shown.department),
        "previews": preview_in([shown], store),
    }
    return render(request, "control/surveys/question.html", context, status=422 if form.is_bound else 200)


@require_POST
def place(request, store, pk):
    """One up or down by the buttons; so many places, where the row was dragged."""
    found = _find(store, pk)
    building.move_question(found, places=places_asked_for(request), by=request.user)
    return redirect(f"{_set_url(found.department)}#question-{pk}")


@require_POST
def removal(request, store, pk):
    """It is asked no more; what was answered stays, and it can be brought back, so nothing is asked before."""
    found = _find(store, pk)
    building.archive_question(found, by=request.user)
    messages.success(request, _("The question is asked no more. What was answered stays to be read."))
    return redirect(_set_url(found.department))


@require_POST
def restoration(request, store, pk):
    found = _find(store, pk)
    building.restore_question(found, by=request.user)
    return redirect(f"{_set_url(found.department)}#question-{pk}")
