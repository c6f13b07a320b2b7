"""A macro in one ticket: what it would say and change, shown before it runs; and running it."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.answers import find_for_answers
from backoffice.tickets.ways import address, go_back
from common.errors import DeskError
from common.fields import LongTextField
from common.form_keys import OneTimeForm, claim_form
from tickets.models import Ticket
from tickets.prepared import prepared_for
from tickets.services.linking import guard_blockers
from tickets.services.macros import macro_of, plan_macro, run_macro
from tickets.services.reply_templates import count_use
from tickets.services.sending import hold_reply


class MacroRunForm(OneTimeForm):
    """The words as they will be said; emptied, the rest is done without any. `version`: the ticket's as the page showed it."""

    text = LongTextField(
        label=gettext_lazy("The customer reads"), limit=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)


@require_http_methods(["GET", "HEAD", "POST"])
def macro(request, number, pk):
    """The preview, and running it: all of it in one step, after the seconds in which a reply can be taken back."""
    ticket = find_for_answers(request, number)
    chosen = prepared_for(ticket, request.user, pk=pk)
    if not chosen or macro_of(chosen[0].template) is None:
        raise Http404
    chosen = chosen[0]
    form = MacroRunForm(request.POST if request.method == "POST" else None, initial={"text": chosen.text, "version": ticket.version})
    stored = Ticket.objects.for_page().get(pk=ticket.pk)
    if form.is_bound and form.is_valid():
        plan = plan_macro(stored, chosen.template, by=request.user, answers=bool(form.cleaned_data["text"]))
        require(not plan.refusals, plan.refusals[0] if plan.refusals else None)
        try:
            if plan.status and plan.status.is_closed and not stored.is_closed:
                guard_blockers(stored)
            return _run(request, number, stored, chosen.template, form)
        except DeskError as refusal:
            form.add_error(None, str(refusal))
    plan = plan_macro(stored, chosen.template, by=request.user)
    for change in plan.changes:
        change.before, change.after = ticket.mask.text(change.before), ticket.mask.text(change.after)
    context = {"ticket": ticket, "macro": chosen, "plan": plan, "form": form}
    return desk_page(request, "backoffice/tickets/macro.html", context, status=422 if form.errors else 200)


def _run(request, number, ticket, template, form):
    given = form.cleaned_data
    with transaction.atomic():
        sent = claim_form(form, request)
        if sent.is_first:
            words = _("Done: “%(macro)s”.") % {"macro": f"\u2068{template}\u2069"}
            if given["text"]:
                if hold_reply(ticket, text=given["text"], macro=template, seen_version=given["version"], by=request.user):
                    words = _("Your reply leaves in a moment, and all the rest is done with it.")
            else:
                run_macro(ticket, template, seen_version=given["version"], by=request.user)
            count_use(template)
            sent.finish(address(number, "#end"))
            messages.success(request, words)
    return go_back(request, number, sent.outcome_url) if sent.is_first else redirect(sent.outcome_url)
