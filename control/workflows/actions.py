"""The page of one action, and its place among those of its status. All of it changes the draft only."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from automations import shape
from automations.drafts import change_draft
from automations.faults import DraftWasChanged
from automations.naming import name_of
from common.keys import key_like
from control.workflows.action_form import ActionForm
from control.workflows.finding import found_or_404
from control.workflows.holders import holders_of
from control.workflows.parts import Bench, save_into_draft
from control.workflows.statuses import shift
from permissions.querysets import may_grant
from tickets.variables import VARIABLES


@require_http_methods(["GET", "HEAD", "POST"])
def new_action(request, store, pk, status):
    """With ?timed=1 it starts as one that is done by itself."""
    bench = Bench(request, store, pk)
    found = found_or_404(bench.desk.status(status))
    blank = {name: part.default for name, part in shape.ACTION.items()}
    if request.GET.get("timed"):
        blank |= {"fires_after_hours": 7 * 24, "for_staff": False, "icon": "hourglass-split"}
    return _form_page(request, bench, found, blank, None)


@require_http_methods(["GET", "HEAD", "POST"])
def action(request, store, pk, status, action):
    bench = Bench(request, store, pk)
    return _form_page(request, bench, found_or_404(bench.desk.status(status)), found_or_404(bench.desk.action(status, action)), action)


def _form_page(request, bench, status, action, key):
    data = request.POST if request.method == "POST" else None
    names = {"languages": bench.store.languages_to_write_in, "statuses": bench.statuses(but=status["key"]), "user": request.user}
    form = ActionForm(data, action=action, **names)
    complaint = ""
    if form.is_bound and form.is_valid():
        url = f"{reverse('control:workflow', args=[bench.pk])}#status-{status['key']}"
        try:
            url = save_into_draft(request, bench, form, lambda document: _write(document, status["key"], key, form.changes), url)
        except DraftWasChanged as error:
            complaint, bench = str(error), Bench(request, bench.store, bench.pk)
        else:
            messages.success(request, _("The draft is changed."))
            return redirect(url)
    context = bench.context(
        form=form,
        status=status,
        status_name=name_of(status),
        action=action if key else None,
        action_name=name_of(action) if key else "",
        complaint=complaint,
        variables=VARIABLES,
        holders=holders_of(bench.workflow, status["key"], key),
        may_grant=may_grant(request.user),
    )
    code = 409 if complaint else 422 if form.is_bound else 200
    return render(request, "control/workflows/action.html", context, status=code)


def _write(document, status, key, changes):
    """Into the action of this key; a new one at the end, where there is none (any more)."""
    found = next((each for each in document["statuses"] if each["key"] == status), None)
    if found is None:
        raise DraftWasChanged(_("The status of this action was taken out of the draft meanwhile."))
    row = next((each for each in found["actions"] if each["key"] == key), None)
    if row is None:
        taken = [each["key"] for each in found["actions"]]
        row = {"key": key or key_like(changes["name"].get("en", ""), taken)}
        found["actions"].append(row)
    row.update(changes)


@require_POST
def place(request, store, pk, status, action):
    bench = Bench(request, store, pk)
    found_or_404(bench.desk.action(status, action))

    def change(document):
        for each in document["statuses"]:
            if each["key"] == status:
                shift(each["actions"], action, request)

    change_draft(bench.workflow, change, by=request.user)
    return redirect(f"{reverse('control:workflow', args=[pk])}#status-{status}")


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk, status, action):
    bench = Bench(request, store, pk)
    found = found_or_404(bench.desk.action(status, action))
    if request.method == "POST":

        def change(document):
            for each in document["statuses"]:
                if each["key"] == status:
                    each["actions"] = [row for row in each["actions"] if row["key"] != action]

        change_draft(bench.workflow, change, by=request.user)
        messages.success(request, _("“%(name)s” is taken out of the draft.") % {"name": name_of(found)})
        return redirect(f"{reverse('control:workflow', args=[pk])}#status-{status}")
    context = bench.context(status=bench.desk.status(status), action=found, action_name=name_of(found))
    return render(request, "control/workflows/action_removal.html", context)
