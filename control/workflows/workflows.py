"""All workflows: who follows them, how many tickets stand in their statuses; a new one, another name, laying one aside."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from i18nfield.strings import LazyI18nString

from automations.faults import WorkflowIsFaulty
from automations.making import archive_workflow, make_workflow, rename_workflow, restore_workflow
from automations.models import WorkflowDraft
from automations.publishing import count_tickets
from automations.reading import read_workflow, words_of
from automations.ready_made import READY_MADE
from common.errors import DeskError
from common.form_keys import OneTimeForm, claim_form
from common.templatetags.formats import isolate
from control.workflows.finding import found_workflow, workflows_shared, workflows_to_change
from control.workflows.parts import Bench
from control.workflows.words import add_lines, fields_named, given_words, need_first
from departments.models import Department
from statuses.models import Action, Status


@require_safe
def workflows(request, store):
    """Constant queries, however many workflows, statuses and tickets there are."""
    departments = Prefetch("departments", Department.objects.filter(archived_at=None).order_by("position", "pk"))
    found = list(workflows_to_change(request.user).prefetch_related(departments).order_by("archived_at", "pk").distinct())
    statuses = list(Status.objects.filter(workflow__in=found).order_by("position", "pk"))
    counts = count_tickets(statuses)
    actions = dict(
        Action.objects.kept().filter(status__in=statuses, status__archived_at=None).order_by().values_list("status").annotate(Count("pk"))
    )
    drafts = set(WorkflowDraft.objects.filter(workflow__in=found).values_list("workflow", flat=True))
    rows = []
    for workflow in found:
        own = [status for status in statuses if status.workflow_id == workflow.pk]
        rows.append(
            {
                "workflow": workflow,
                "departments": list(workflow.departments.all()),
                "statuses": [(status, counts[status.pk]) for status in own if status.archived_at is None or counts[status.pk]],
                "actions": sum(actions.get(status.pk, 0) for status in own),
                "has_draft": workflow.pk in drafts,
            }
        )
    context = {
        "rows": [row for row in rows if row["workflow"].archived_at is None],
        "archived": [row for row in rows if row["workflow"].archived_at],
        "shared": list(workflows_shared(request.user)),
    }
    return render(request, "control/workflows/list.html", context)


class NewWorkflowForm(OneTimeForm):
    """What to start from: one that is ready made, or one that is there. Without a name it is called like that."""

    start = forms.ChoiceField(label=gettext_lazy("Start from"), widget=forms.RadioSelect)

    def __init__(self, *args, languages, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages, self.known = languages, {f"copy-{workflow.pk}": workflow for workflow in known}
        ready = [(key, LazyI18nString(each.name)) for key, each in READY_MADE.items()]
        copies = [(key, isolate(workflow)) for key, workflow in self.known.items()]
        self.fields["start"].choices = [*ready, *copies]
        add_lines(self, "name", gettext_lazy("Name"), languages, 120)
        self.helper = FormHelper()
        self.helper.hide_optional = True

    @property
    def names(self):
        return fields_named(self, "name")

    @property
    def ready(self):
        """(radio button, what it is) of the ready-made ones."""
        return [(option, READY_MADE[option.data["value"]]) for option in self["start"].subwidgets if option.data["value"] in READY_MADE]

    @property
    def copies(self):
        return [(option, self.known[option.data["value"]]) for option in self["start"].subwidgets if option.data["value"] in self.known]

    def clean(self):
        cleaned = super().clean()
        if given_words(self, "name", self.languages):
            need_first(self, "name", self.languages)
        return cleaned

    @property
    def document(self):
        start = self.cleaned_data["start"]
        return READY_MADE[start].document if start in READY_MADE else read_workflow(self.known[start])

    @property
    def name(self):
        return given_words(self, "name", self.languages) or self.document["name"]


@require_http_methods(["GET", "HEAD", "POST"])
def new_workflow(request, store):
    known = workflows_to_change(request.user).filter(archived_at=None).distinct().order_by("pk")
    data = request.POST if request.method == "POST" else None
    form = NewWorkflowForm(data, languages=store.languages_to_write_in, known=known, initial={"start": next(iter(READY_MADE))})
    if form.is_bound and form.is_valid():
        try:
            return redirect(_make(request, store, form))
        except WorkflowIsFaulty as error:
            form.add_error("start", _("What you copy has a fault itself: %(fault)s") % {"fault": error})
    return render(request, "control/workflows/new.html", {"form": form}, status=422 if form.is_bound else 200)


@transaction.atomic
def _make(request, store, form):
    sent = claim_form(form, request)
    if sent.is_first:
        made = make_workflow(form.document, name=form.name, by=request.user, language=store.language)
        messages.success(request, _("The workflow is there. No department follows it yet."))
        sent.finish(reverse("control:workflow", args=[made.pk]))
    return sent.outcome_url


class NameForm(forms.Form):
    def __init__(self, *args, languages, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages = languages
        add_lines(self, "name", gettext_lazy("Name"), languages, 120, words)
        self.helper = FormHelper()
        self.helper.hide_optional = True

    @property
    def names(self):
        return fields_named(self, "name")

    def clean(self):
        cleaned = super().clean()
        need_first(self, "name", self.languages)
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def name(request, store, pk):
    """A name moves nothing, so it is changed at once."""
    bench = Bench(request, store, pk)
    data = request.POST if request.method == "POST" else None
    form = NameForm(data, languages=store.languages_to_write_in, words=words_of(bench.workflow.name))
    if form.is_bound and form.is_valid():
        rename_workflow(bench.workflow, given_words(form, "name", form.languages), by=request.user)
        messages.success(request, _("The workflow is renamed."))
        return redirect("control:workflow", pk)
    return render(request, "control/workflows/name.html", bench.context(form=form), status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request, store, pk):
    """Asks first; or, for one that was laid aside, takes it up again."""
    workflow = found_workflow(request, pk)
    departments = list(workflow.departments.filter(archived_at=None).order_by("position", "pk"))
    complaint = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "restore":
                restore_workflow(workflow, by=request.user)
                messages.success(request, _("The workflow can be followed again."))
            else:
                archive_workflow(workflow, by=request.user)
                messages.success(request, _("The workflow is archived."))
            return redirect("control:workflows")
        except DeskError as error:
            complaint = str(error)
    context = {"workflow": workflow, "departments": departments, "complaint": complaint}
    return render(request, "control/workflows/archive.html", context, status=409 if complaint else 200)
