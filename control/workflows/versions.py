"""How a workflow was before, what differed from one version to another, and going back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from automations.drafts import take_up
from automations.faults import DraftWasChanged
from automations.models import WorkflowVersion
from automations.shape import complete
from control.workflows.differing import Difference
from control.workflows.parts import Bench

SHOWN = 100


@require_safe
def versions(request, store, pk):
    bench = Bench(request, store, pk)
    rows = WorkflowVersion.objects.filter(workflow=bench.workflow).select_related("made_by").defer("document").order_by("-number")[:SHOWN]
    return render(request, "control/workflows/versions.html", bench.context(versions=list(rows)))


@require_http_methods(["GET", "HEAD", "POST"])
def version(request, store, pk, number):
    """What this version changed against ?with= another one, the one before it unless asked otherwise. Sent: it becomes the draft."""
    bench = Bench(request, store, pk)
    rows = WorkflowVersion.objects.filter(workflow=bench.workflow)
    found = get_object_or_404(rows.select_related("made_by"), number=number)
    complaint = ""
    if request.method == "POST":
        try:
            take_up(found, by=request.user, seen=request.POST.get("seen", ""))
            messages.success(request, _("Version %(number)s is the draft now. It is in force once you publish it.") % {"number": number})
            return redirect("control:workflow_review", pk)
        except DraftWasChanged:
            complaint = _("Somebody changed the draft meanwhile. Look at it before you replace it.")
            bench = Bench(request, store, pk)
    asked = request.GET.get("with", "")
    other = rows.filter(number=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else number - 1).first()
    context = bench.context(
        version=found,
        other=other,
        others=list(rows.exclude(pk=found.pk).order_by("-number").values_list("number", flat=True)[:SHOWN]),
        difference=Difference(complete(other.document)[0], complete(found.document)[0]) if other else None,
        complaint=complaint,
    )
    return render(request, "control/workflows/version.html", context, status=409 if complaint else 200)
