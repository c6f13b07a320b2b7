"""Prepared answers: what staff put into a reply with one button."""

from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.form_keys import claim_form
from control.answers.forms import AnswerForm
from control.moves import places_asked_for
from tickets.models import ReplyTemplate
from tickets.services.reply_templates import delete_reply_template, move_reply_template, write_reply_template


def _templates(store):
    return ReplyTemplate.objects.known_in(store).select_related("department")


def _row(template):
    """The list, opened at this answer."""
    return f"{reverse('control:answers')}#answer-{template.pk}"


@require_safe
def answers(request, store):
    """Those for all departments first, then by department."""
    rows = sorted(_templates(store).order_by("position", "pk"), key=_place)
    groups = [(department, list(group)) for department, group in groupby(rows, key=lambda template: template.department)]
    return render(request, "control/answers/list.html", {"groups": groups})


def _place(template):
    return (template.department.position, template.department_id) if template.department else (-1, 0)


@require_http_methods(["GET", "HEAD", "POST"])
def new_answer(request, store):
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, store=store, initial={"department": request.GET.get("department", "")})
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                template = _write(form, by=request.user)
                sent.finish(_row(template))
                messages.success(request, _("The prepared answer is saved."))
        return redirect(sent.outcome_url)
    return render(request, "control/answers/answer.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, store, pk):
    found = get_object_or_404(_templates(store), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, store=store, words=found.words, initial={"department": found.department})
    if form.is_bound and form.is_valid():
        _write(form, template=found, by=request.user)
        messages.success(request, _("The prepared answer is saved."))
        return redirect(_row(found))
    return render(request, "control/answers/answer.html", {"form": form, "answer": found}, status=422 if form.is_bound else 200)


def _write(form, **which):
    return write_reply_template(words=form.cleaned_data["words"], department=form.cleaned_data["department"], **which)


@require_POST
def place(request, store, pk):
    """One up, or one down."""
    found = get_object_or_404(_templates(store), pk=pk)
    move_reply_template(found, places=places_asked_for(request), by=request.user)
    return redirect(_row(found))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk):
    """Asks first; what is deleted does not come back."""
    found = get_object_or_404(_templates(store), pk=pk)
    if request.method != "POST":
        return render(request, "control/answers/removal.html", {"answer": found})
    delete_reply_template(found, by=request.user)
    messages.success(request, _("The prepared answer is deleted."))
    return redirect("control:answers")
