"""What an action of the draft would do: to one ticket, or to the newest that stand in its status. Nothing is written."""

from collections import Counter

from crispy_forms.helper import FormHelper
from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from automations.naming import name_of
from automations.rehearsal import rehearse
from automations.rehearsing import draft_action, due_at, tickets_to_rehearse
from common.fields import LineField
from common.numbers import ascii_digits
from control.workflows.parts import Bench
from control.workflows.planned import Planned
from tickets.models import Ticket

SHOWN = 50


class RehearsalForm(forms.Form):
    action = forms.ChoiceField(label=gettext_lazy("Action"))
    ticket = LineField(
        label=gettext_lazy("Ticket number"), limit=20, required=False, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=gettext_lazy("Empty: the last 500 tickets that stand in the action’s status."),
    )  # fmt: skip

    def __init__(self, data=None, *, document):
        super().__init__(data)
        self.fields["action"].choices = [
            (name_of(status), [(f"{status['key']}/{action['key']}", name_of(action)) for action in status["actions"]])
            for status in document["statuses"]
            if status["actions"]
        ]

        self.helper = FormHelper()
        self.helper.hide_optional = True

    def clean_ticket(self):
        return ascii_digits(self.cleaned_data["ticket"]).strip()


@require_safe
def rehearsal(request, store, pk):
    bench = Bench(request, store, pk)
    form = RehearsalForm(request.GET if "action" in request.GET else None, document=bench.document)
    shown = {}
    if form.is_bound and form.is_valid():
        shown = _rehearsed(request, bench, form)
    return render(request, "control/workflows/rehearsal.html", bench.context(form=form, **shown))


def _rehearsed(request, bench, form):
    status, _slash, key = form.cleaned_data["action"].partition("/")
    draft = draft_action(bench.workflow, bench.document, status, key)
    shown = {"action": bench.desk.action(status, key), "action_name": name_of(bench.desk.action(status, key)), "is_run": True}
    if draft is None:
        return shown | {"complaint": _("The status of this action is new: no ticket stands in it yet.")}
    tickets = list(tickets_to_rehearse(draft.action))
    if number := form.cleaned_data["ticket"]:
        found = Ticket.objects.visible_to(request.user).filter(number__iendswith=number)
        one = found.select_related(
            "status__workflow", "department__workflow", "department__responsible", "customer", "assignee", "team", "store"
        ).first()
        if one is None:
            form.add_error("ticket", _("There is no such ticket, or you may not see it."))
            return {}
        if one.status_id != draft.action.status_id:
            words = _("This ticket stands in another status, %(status)s, so nobody could do this to it now.")
            return shown | {"complaint": words % {"status": one.status}}
        tickets = [one]
    by = None if draft.action.fires_after_hours and not draft.action.for_staff else request.user
    plans = [plan for _ticket, plan in rehearse([draft], tickets, by=by)]
    return shown | _told(request, draft.action, plans, by)


def _told(request, action, plans, by):
    """The rows and their sums. Named are only tickets this person sees; the others are counted."""
    seen = set(Ticket.objects.visible_to(request.user).filter(pk__in=[plan.ticket.pk for plan in plans]).values_list("pk", flat=True))
    rows = [Planned(plan, due_at(action, plan.ticket) if action.fires_after_hours else None, by) for plan in plans]
    now = timezone.now()
    sums = Counter("refused" if row.refusals else "done" for row in rows)
    return {
        "rows": [row for row in rows if row.ticket.pk in seen][:SHOWN],
        "total": len(rows),
        "hidden": len(rows) - len(seen),
        "more": max(0, len(seen) - SHOWN),
        "done": sums["done"],
        "refused": sums["refused"],
        "due": sum(1 for row in rows if row.due and row.due <= now) if action.fires_after_hours else None,
        "now": now,
    }
