"""Looking at what the draft changes, saying where tickets move, and putting it in force."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from automations.drafts import publish_draft, throw_away
from automations.naming import name_of
from automations.publishing import statuses_that_go
from automations.reading import read_workflow
from common.errors import DeskError
from common.fields import LineField
from common.templatetags.formats import isolate
from control.workflows.differing import Difference
from control.workflows.parts import Bench
from statuses.models import StatusKind


class ReviewForm(forms.Form):
    """Where the tickets of each status that goes move, and a remark."""

    remark = LineField(
        label=gettext_lazy("What was changed, in a few words"), limit=200, required=False,
        help_text=gettext_lazy("It stands beside the version, for those who look for it later."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, data=None, *, document, going):
        super().__init__(data)
        self.going = [(status, tickets) for status, tickets in going if tickets]
        for status, _tickets in self.going:
            ways = [
                (each["key"], isolate(name_of(each)))
                for each in document["statuses"]
                if (each["kind"] == StatusKind.CLOSED) == status.is_closed
            ]
            self.fields[f"to_{status.key}"] = forms.ChoiceField(
                label=_("Tickets in %(status)s move to") % {"status": isolate(status)},
                choices=[("", _("choose")), *ways],
                error_messages={"required": _("Choose where its tickets move.")},
            )

    @property
    def rows(self):
        return [(status, tickets, self[f"to_{status.key}"]) for status, tickets in self.going]

    @property
    def moves(self):
        return {status.key: self.cleaned_data[f"to_{status.key}"] for status, _tickets in self.going}


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, store, pk):
    bench = Bench(request, store, pk)
    if bench.desk.draft is None:
        messages.info(request, _("There is no draft: nothing waits to be published."))
        return redirect("control:workflow", pk)
    difference = Difference(read_workflow(bench.workflow), bench.document)
    data = request.POST if request.method == "POST" else None
    form = ReviewForm(data, document=bench.document, going=statuses_that_go(bench.workflow, bench.document))
    complaint = ""
    if form.is_bound and form.is_valid():
        try:
            made = publish_draft(
                bench.workflow, seen=request.POST.get("seen", ""), moves=form.moves, by=request.user,
                remark=form.cleaned_data["remark"], language=store.language,
            )  # fmt: skip
            messages.success(request, _("Version %(number)s is in force.") % {"number": made.number})
            return redirect("control:workflow", pk)
        except DeskError as error:
            complaint = str(error)
    context = bench.context(form=form, difference=difference, complaint=complaint)
    return render(request, "control/workflows/review.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request, store, pk):
    """Throw the draft away. Asked first, with what would be lost: nothing brings it back."""
    bench = Bench(request, store, pk)
    if request.method != "POST" and bench.desk.draft:
        difference = Difference(read_workflow(bench.workflow), bench.document)
        return render(request, "control/workflows/draft_removal.html", bench.context(difference=difference))
    if request.method != "POST":
        return redirect("control:workflow", pk)
    throw_away(bench.workflow)
    messages.success(request, _("The draft is thrown away. What is in force has not changed."))
    return redirect("control:workflow", pk)
