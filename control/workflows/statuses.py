"""The page of one status, and its place among the others. All of it changes the draft only."""

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
from control.moves import places_asked_for
from control.workflows.finding import found_or_404
from control.workflows.parts import Bench, save_into_draft
from control.workflows.status_form import StatusForm


@require_http_methods(["GET", "HEAD", "POST"])
def new_status(request, store, pk):
    bench = Bench(request, store, pk)
    blank = {name: part.default for name, part in shape.STATUS.items()}
    return _form_page(request, bench, blank, None)


@require_http_methods(["GET", "HEAD", "POST"])
def status(request, store, pk, status):
    bench = Bench(request, store, pk)
    return _form_page(request, bench, found_or_404(bench.desk.status(status)), status)


def _form_page(request, bench, status, key):
    data = request.POST if request.method == "POST" else None
    form = StatusForm(data, languages=bench.store.languages_to_write_in, status=status, others=bench.statuses())
    complaint = ""
    if form.is_bound and form.is_valid():
        try:
            url = save_into_draft(request, bench, form, lambda document: _write(document, key, form.changes), _list_url(bench, key))
        except DraftWasChanged as error:
            complaint, bench = str(error), Bench(request, bench.store, bench.pk)
        else:
            messages.success(request, _("The draft is changed."))
            return redirect(url)
    context = bench.context(form=form, status=status if key else None, status_name=name_of(status) if key else "", complaint=complaint)
    code = 409 if complaint else 422 if form.is_bound else 200
    return render(request, "control/workflows/status.html", context, status=code)


def _write(document, key, changes):
    """Into the status of this key; a new one, where there is none (any more)."""
    found = next((status for status in document["statuses"] if status["key"] == key), None)
    if found is None:
        taken = [status["key"] for status in document["statuses"]]
        found = {name: part.default for name, part in shape.STATUS.items()}
        found |= {"key": key or key_like(changes["name"].get("en", ""), taken), "actions": []}
        document["statuses"].insert(_place_for(document, changes["kind"]), found)
    found.update(changes)


def _place_for(document, kind):
    """After the last one of its kind, else before the closed ones."""
    kinds = [status["kind"] for status in document["statuses"]]
    if kind in kinds:
        return len(kinds) - kinds[::-1].index(kind)
    return kinds.index("closed") if "closed" in kinds else len(kinds)


def _list_url(bench, key):
    page = reverse("control:workflow", args=[bench.pk])
    return f"{page}#status-{key}" if key else page


@require_POST
def place(request, store, pk, status):
    bench = Bench(request, store, pk)
    found_or_404(bench.desk.status(status))
    change_draft(bench.workflow, lambda document: shift(document["statuses"], status, request), by=request.user)
    return redirect(_list_url(bench, status))


def shift(rows, key, request):
    """By one place, or, dragged, before another row (the last place, where that is none)."""
    here = next((place for place, row in enumerate(rows) if row["key"] == key), None)
    if here is None:
        return
    row = rows.pop(here)
    before = request.POST.get("before")
    if before is not None:
        there = next((place for place, other in enumerate(rows) if other["key"] == before), len(rows))
    else:
        there = max(0, here + places_asked_for(request))
    rows.insert(there, row)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk, status):
    """Out of the draft. Where its tickets move is asked when the draft is published."""
    bench = Bench(request, store, pk)
    found = found_or_404(bench.desk.status(status))
    if request.method == "POST":
        change_draft(bench.workflow, lambda document: _take_out(document, status), by=request.user)
        messages.success(request, _("“%(name)s” is taken out of the draft.") % {"name": name_of(found)})
        return redirect("control:workflow", pk)
    ways = [
        (other, action) for other in bench.document["statuses"] for action in other["actions"] if action["target"] == status and other is not found
    ]  # fmt: skip
    context = bench.context(status=found, status_name=name_of(found), leading=[(name_of(other), name_of(action)) for other, action in ways])
    return render(request, "control/workflows/status_removal.html", context)


def _take_out(document, key):
    """Where replies led to it, they lead nowhere now; actions that led to it are left for the check to name."""
    document["statuses"] = [status for status in document["statuses"] if status["key"] != key]
    for status in document["statuses"]:
        for name in ("after_customer_reply", "after_staff_reply"):
            if status[name] == key:
                status[name] = None
