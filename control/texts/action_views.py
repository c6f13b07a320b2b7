"""Texts that actions send: which there are, where each is used, and one to write."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from i18nfield.strings import LazyI18nString

from common.errors import DeskError
from common.form_keys import claim_form
from control.belonging import Own, require_own
from control.texts.forms import ActionTextForm
from control.texts.trying import shown, try_out
from notifications.about import about_action
from notifications.choices import Template
from notifications.models import ActionMessage, ActionText
from notifications.own_words import own_in
from notifications.texts import PARTS, archive_action_text, uses_of, write_action_text


def _kept():
    return ActionText.objects.filter(archived_at=None)


@require_safe
def texts(request, store):
    own = Own(request.user)
    rows = {text.pk: {"text": text, "actions": [], "languages": _languages(text, store), "is_own": own.has_text(text)} for text in _kept()}
    uses = ActionMessage.objects.filter(text__in=rows, action__archived_at=None, action__status__archived_at=None)
    for use in uses.select_related("action__status__workflow"):
        if use.action not in rows[use.text_id]["actions"]:
            rows[use.text_id]["actions"].append(use.action)
    return render(request, "control/texts/actions.html", {"rows": list(rows.values())})


def _find(request, pk):
    """The text; refused where workflows send it that are not this person's to change."""
    found = get_object_or_404(_kept(), pk=pk)
    require_own(Own(request.user).has_text(found))
    return found


def _languages(text, store):
    return [code for code in store.languages_to_write_in if own_in(text.body, code)]


@require_http_methods(["GET", "HEAD", "POST"])
def new_text(request, store):
    form = _form(request, store, None)
    if form.is_bound and form.is_valid() and "save" in request.POST:
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                made = _write(form, store, by=request.user)
                sent.finish(reverse("control:action_text", args=[made.pk]))
                messages.success(request, _("The text is saved. Actions can send it now."))
        return redirect(sent.outcome_url)
    return _page(request, store, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request, store, pk):
    found = _find(request, pk)
    form = _form(request, store, found)
    if form.is_bound and form.is_valid() and "save" in request.POST:
        _write(form, store, text=found, by=request.user)
        messages.success(request, _("The text is saved. It is used from the next message on."))
        return redirect("control:action_text", pk)
    return _page(request, store, form, found)


def _form(request, store, text):
    words = {code: tuple(own_in(getattr(text, part), code) for part in PARTS) for code in store.languages_to_write_in} if text else {}
    return ActionTextForm(
        request.POST if request.method == "POST" else None, store=store, user=request.user, variables=about_action().variables(),
        words=words, has_sms=True, initial={"name": text.name if text else ""},
    )  # fmt: skip


def _write(form, store, **more):
    return write_action_text(name=form.cleaned_data["name"], words=form.words, store=store, **more)


def _page(request, store, form, text):
    valid = form.is_bound and form.is_valid()
    unsaved = _unsaved(form) if valid else text
    outcome = try_out(request, store, Template.ACTION, unsaved, form) if valid else None
    context = {
        "form": form, "text": text, "outcome": outcome, "uses": uses_of(text) if text else [],
        "shown": shown(request, store, Template.ACTION, unsaved, form) if unsaved else None,
    }  # fmt: skip
    return render(request, "control/texts/action.html", context, status=422 if form.is_bound and not valid else 200)


def _unsaved(form):
    said = {part: {code: words[place] for code, words in form.words.items() if words[place]} for place, part in enumerate(PARTS)}
    words = {part: LazyI18nString(each) for part, each in said.items()}
    return ActionText(name=form.cleaned_data["name"], **words)


@require_POST
def archiving(request, store, pk):
    found = _find(request, pk)
    try:
        archive_action_text(found, by=request.user, store=store)
    except DeskError as error:
        messages.error(request, str(error))
        return redirect("control:action_text", pk)
    messages.success(request, _("The text is archived. No action can send it any more."))
    return redirect("control:action_texts")
