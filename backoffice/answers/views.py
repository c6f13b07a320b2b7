"""Prepared answers that one person keeps for themselves."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.pages import desk_page
from common.form_keys import claim_form
from common.limits import limit_or_refuse
from tickets.answer_form import OwnAnswerForm
from tickets.models import ReplyTemplate
from tickets.services.reply_templates import delete_reply_template, move_reply_template, write_reply_template
from tickets.variables import VARIABLES

# More than anybody looks through.
MOST = 200
MOVES = {"up": -1, "down": 1}


def _row(template):
    return f"{reverse('backoffice:answers')}#answer-{template.pk}"


def _own(request, pk):
    return get_object_or_404(ReplyTemplate.objects.own_of(request.user), pk=pk)


@require_safe
def answers(request):
    return desk_page(request, "backoffice/answers/list.html", {"answers": ReplyTemplate.objects.own_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def new_answer(request):
    form = OwnAnswerForm(request.POST if request.method == "POST" else None, store=_store(request))
    if form.is_bound and form.is_valid():
        limit_or_refuse(f"own answers:{request.user.pk}", MOST, 24 * 3600)
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                template = write_reply_template(words=form.cleaned_data["words"], owner=request.user, by=request.user)
                sent.finish(_row(template))
                messages.success(request, _("The prepared answer is saved."))
        return redirect(sent.outcome_url)
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    found = _own(request, pk)
    form = OwnAnswerForm(request.POST if request.method == "POST" else None, store=_store(request), words=found.words)
    if form.is_bound and form.is_valid():
        write_reply_template(template=found, words=form.cleaned_data["words"], owner=request.user, by=request.user)
        messages.success(request, _("The prepared answer is saved."))
        return redirect(_row(found))
    return _page(request, form, answer=found)


def _store(request):
    if not request.store:
        raise Http404
    return request.store


def _page(request, form, **more):
    context = {"form": form, "variables": VARIABLES.items(), **more}
    return desk_page(request, "backoffice/answers/answer.html", context, status=422 if form.is_bound else 200)


@require_POST
def place(request, pk):
    found = _own(request, pk)
    move_reply_template(found, places=MOVES.get(request.POST.get("move"), 0), by=request.user)
    return redirect(_row(found))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, pk):
    """Asks first; what is deleted does not come back."""
    found = _own(request, pk)
    if request.method != "POST":
        return desk_page(request, "backoffice/answers/removal.html", {"answer": found})
    delete_reply_template(found, by=request.user)
    messages.success(request, _("The prepared answer is deleted."))
    return redirect("backoffice:answers")
