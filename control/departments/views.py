"""Departments: where tickets land, who takes part, and what each of them uses."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from common.form_keys import claim_form
from common.numbers import format_number
from control.departments.forms import ArchivingForm, DepartmentForm, WorkflowForm
from control.departments.reading import form_link, who_works_in
from control.moves import places_asked_for
from control.theirs import is_theirs, stores_to_set_up
from control.workflows.finding import workflows_to_follow
from departments.errors import StandsInAnotherStore
from departments.models import Department
from departments.services import archive_department, bring_back_department, move_department, write_department
from permissions.querysets import may_grant
from tickets.models import Ticket
from tickets.services.changing_workflow import change_workflow, likely_move, may_become, statuses_in_use
from tickets.services.lifecycle import pass_on_ticket

OPEN = Count("tickets", Q(tickets__closed_at=None, tickets__deleted_at=None), distinct=True)


def _departments(store):
    return Department.objects.filter(stores=store)


def _find(request, store, pk):
    """The department; whoever may not set up all of its stores may look at it and change nothing."""
    found = get_object_or_404(_departments(store).select_related("workflow", "responsible"), pk=pk)
    if request.method == "POST" and not is_theirs(request.user, found):
        raise StandsInAnotherStore()
    return found


def _row(department):
    """The list, opened at this department."""
    return f"{reverse('control:departments')}#department-{department.pk}"


@require_safe
def departments(request, store):
    """In the order in which customers see them; the archived ones below."""
    rows = _departments(store).select_related("workflow", "responsible").annotate(open_tickets=OPEN).order_by("position", "pk")
    context = {"rows": [row for row in rows if row.archived_at is None], "archived": [row for row in rows if row.archived_at]}
    return render(request, "control/departments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_department(request, store):
    stores = stores_to_set_up(request.user)
    workflows = workflows_to_follow(request.user)
    form = DepartmentForm(request.POST if request.method == "POST" else None, store=store, stores=stores, workflows=workflows)
    if form.is_bound and form.is_valid():
        try:
            return redirect(_make(request, form))
        except DeskError as error:
            error.add_to(form)
    context = {"form": form, "may_change": True, "form_link": form_link(request, store)}
    return render(request, "control/departments/department.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _make(request, form):
    sent = claim_form(form, request)
    if sent.is_first:
        made = write_department(form.changes, by=request.user)
        sent.finish(reverse("control:department", args=[made.pk]) + "#who")
        messages.success(request, _("The department is there. Nobody may work in it until rights are given."))
    return sent.outcome_url


@require_http_methods(["GET", "HEAD", "POST"])
def department(request, store, pk):
    found = _find(request, store, pk)
    stores = stores_to_set_up(request.user)
    form = DepartmentForm(request.POST if request.method == "POST" else None, store=store, stores=stores, department=found)
    if form.is_bound and form.is_valid():
        try:
            write_department(form.changes, department=found, by=request.user)
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The department is saved."))
            return redirect("control:department", pk)
    context = {
        "department": found,
        "form": form,
        "may_change": is_theirs(request.user, found),
        "who": who_works_in(found),
        "may_grant": may_grant(request.user),
        "form_link": form_link(request, store, found),
    }
    return render(request, "control/departments/department.html", context, status=422 if form.is_bound else 200)


@require_POST
def place(request, store, pk):
    """One up, one down, or to where it was dragged."""
    found = _find(request, store, pk)
    move_department(found, places=places_asked_for(request), among=_departments(store).active(), by=request.user)
    return redirect(_row(found))


@require_http_methods(["GET", "HEAD", "POST"])
def workflow(request, store, pk):
    """Another workflow: first which one, then where the tickets of each status go."""
    found = _find(request, store, pk)
    others = workflows_to_follow(request.user).exclude(pk=found.workflow_id)
    wanted = request.POST.get("to") or request.GET.get("to", "")
    to = others.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None
    if to is None:
        return render(request, "control/departments/workflows.html", {"department": found, "workflows": others})
    data = request.POST if request.method == "POST" else None
    form = WorkflowForm(data, to=to, used=statuses_in_use(found, to), may_become=may_become, likely=likely_move)
    complaint = ""
    if form.is_bound and form.is_valid():
        try:
            change_workflow(found, to=to, moves=form.moves, by=request.user)
        except DeskError as error:
            complaint = str(error)
        else:
            messages.success(request, _("The department follows the workflow “%(name)s” now.") % {"name": to})
            return redirect("control:department", pk)
    context = {"department": found, "to": to, "form": form, "complaint": complaint}
    return render(request, "control/departments/workflow.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def archiving(request, store, pk):
    """Says how many tickets are still open there and asks where they go."""
    found = _find(request, store, pk)
    tickets = Ticket.objects.kept().unmerged().still_open().filter(department=found)
    others = Department.objects.active().filter(stores__in=found.stores.all()).exclude(pk=pk).distinct()
    form = ArchivingForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_bound and form.is_valid():
        moved = _archive(found, tickets, form.cleaned_data, by=request.user)
        messages.success(request, _("The department is archived. Nothing of it is lost."))
        if moved:
            words = ngettext("%(number)s ticket moved on.", "%(number)s tickets moved on.", moved)
            messages.success(request, words % {"number": format_number(moved)})
        return redirect("control:departments")
    context = {"department": found, "open_tickets": tickets.count(), "form": form, "may_change": is_theirs(request.user, found)}
    return render(request, "control/departments/archiving.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _archive(department, tickets, given, *, by):
    """Returns how many tickets went to another department."""
    moved = 0
    if given["tickets"] == ArchivingForm.MOVE:
        for ticket in tickets.order_by("pk"):
            pass_on_ticket(ticket, to=given["department"], by=by)
            moved += 1
    archive_department(department, by=by)
    return moved


@require_POST
def bringing_back(request, store, pk):
    found = _find(request, store, pk)
    bring_back_department(found, by=request.user)
    messages.success(request, _("The department works again, as it did before."))
    return redirect(_row(found))
