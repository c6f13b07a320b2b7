"""Answers and notes: what staff write, what a note becomes, and messages that go out once more."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.doors import require
from backoffice.tickets.forms import WritingForm
from backoffice.tickets.keeping import keep_what_came
from backoffice.tickets.page import THEN_COOKIE, TicketPage
from backoffice.tickets.second_look import BLOCKED
from backoffice.tickets.ways import address, find, go_back
from common.form_keys import claim_form
from tickets.errors import CannotBeMentioned, ChangedMeanwhile, DraftChangedMeanwhile, FieldsMissing, IsBlocked
from tickets.services import lifecycle
from tickets.services.drafts import drop_draft
from tickets.services.sending import hold_reply

YEAR = 365 * 86_400


@require_POST
def replies(request, number):
    """Send an answer, and move the ticket on. It leaves after the seconds in which it can be taken back.

    When somebody changed the ticket meanwhile, or something looks wrong, the page comes back with the words and files kept.
    """
    ticket, can = find(request, number)
    require(can.can_reply, _("You may not answer in this department."))
    page = TicketPage(request, ticket, can)
    form = page.form(request.POST, request.FILES)
    if not form.is_valid():
        return _show_mistakes(request, page, form)
    if form.second_looks:
        return _show_again(request, number, form, looks=form.second_looks, status=422)
    given, draft = form.cleaned_data, page.pending.chosen
    try:
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                _guard_draft(draft, given, by=request.user)
                outgoing = hold_reply(
                    ticket, text=given["text"], html=given["html"], files=given["files"], kept=form.kept_files, then=given["then"],
                    seen_version=given["version"], draft=draft, by=request.user, even_blocked=BLOCKED in given["confirmed"],
                )  # fmt: skip
                sent.finish(address(number, "#end"))
                words = _("Your reply leaves in a moment.") if outgoing else _("Your reply is on its way.")
                messages.success(request, words, extra_tags="sent")
    except (ChangedMeanwhile, DraftChangedMeanwhile) as refusal:
        return _show_again(request, number, form, refusal=refusal, seen_event=given["seen_event"])
    except IsBlocked as refusal:
        return _show_again(request, number, form, looks=[(BLOCKED, str(refusal))], status=refusal.status_code)
    except FieldsMissing as refusal:
        refusal.add_to(form)
        return _show_mistakes(request, page, form, status=refusal.status_code)
    response = go_back(request, number, sent.outcome_url)
    _remember_then(response, form, given["then"])
    return response


def _guard_draft(draft, given, by):
    """A colleague has changed the shared draft since the writer saw it: that stops the sending, as anything new does."""
    others = draft is not None and draft.edited_by_id not in (None, by.pk)
    if others and given["draft_version"] is not None and draft.version != given["draft_version"]:
        raise DraftChangedMeanwhile(draft, reader=by)


def _remember_then(response, form, then):
    """The kind of status this person moves on to is offered first the next time; the usual one by being nothing."""
    if len(form.fields["then"].choices) > 1:
        path, kind = reverse("backoffice:inbox"), then.kind if then else ""
        response.set_cookie(THEN_COOKIE, kind, max_age=YEAR, path=path, secure=settings.HTTPS, samesite="Lax", httponly=True)


def _show_mistakes(request, page, form, *, status=422):
    """The page with the mistakes beside the fields. Files that came along are kept with a draft, since a browser forgets them."""
    keep_what_came(page.ticket, form, by=request.user)
    if not form.cleaned_data.get("files"):
        return page.show(form=form, status=status)
    again = _form_again(request, TicketPage(request, *find(request, page.ticket.number)), form)
    again.full_clean()
    return page.show(form=again, status=status)


def _show_again(request, number, form, *, refusal="", looks=(), seen_event=None, status=409):
    """The page as it is now, what is new marked, and the form ready to be sent after a look."""
    ticket, can = find(request, number)
    keep_what_came(ticket, form, by=request.user)
    page = TicketPage(request, *find(request, number))
    again = _form_again(request, page, form)
    if refusal:
        again.data["version"] = ticket.version
        again.data["draft_version"] = page.pending.chosen.version if page.pending.chosen else ""
        again.data["seen_event"] = ticket.events.order_by("-pk").values_list("pk", flat=True).first() or 0
    again.full_clean()
    again.refusal, again.looks = refusal, looks
    return page.show(form=again, status=status, seen_event=(seen_event or 0) if refusal else None)


def _form_again(request, page, form):
    """What was typed, with the files that came along among those that are kept."""
    data = request.POST.copy()
    data.setlist("kept", [*request.POST.getlist("kept"), *getattr(form, "came", ())])
    again = page.form(data, meant=form.meant)
    again.looks, again.refusal = (), ""
    return again


@require_POST
def notes(request, number):
    """Keep a note among staff. It is kept at once: nothing leaves the house that could be taken back."""
    ticket, can = find(request, number)
    require(can.can_note, _("You may not write notes in this department."))
    page = TicketPage(request, ticket, can)
    form = page.form(request.POST, request.FILES, meant=WritingForm.NOTE)
    if not form.is_valid():
        return _show_mistakes(request, page, form)
    try:
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                _keep_note(ticket, form, draft=page.pending.chosen, by=request.user)
                sent.finish(address(number, "#end"))
                messages.success(request, _("The note is kept. Only staff see it."), extra_tags="sent")
    except CannotBeMentioned as refusal:  # lost sight of it a moment ago
        refusal.add_to(form)
        return _show_mistakes(request, page, form)
    return redirect(sent.outcome_url)


def _keep_note(ticket, form, *, draft, by):
    given, kept = form.cleaned_data, form.kept_files
    files = given["files"] + [row.checked() for row in kept]
    words = {"html": given["html"]} if given["html"] else {"text": given["text"]}
    lifecycle.add_note(ticket, files=files, mention=form.mentioned, by=by, **words)
    for checked in files:
        checked.content.close()
    if draft is not None:
        drop_draft(draft)


@require_POST
def note_showing(request, number, pk):
    """Make a note the reply. The customer sees it and is told."""
    ticket, can = find(request, number)
    note = ticket.messages.filter(pk=pk).first()
    if note is None:
        raise Http404
    require(can.can_reply, _("You may not answer in this department, so you may not show notes either."))
    lifecycle.show_note_to_customer(note, by=request.user)
    messages.success(request, _("The customer sees this now and is told."))
    return go_back(request, number, address(number, f"#m{pk}"))
