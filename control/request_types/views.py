"""Request types: what kinds of request there are, for forms, tickets and lists."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.form_keys import claim_form
from control.moves import places_asked_for
from control.request_types.forms import RequestTypeForm
from control.theirs import sets_up_all, stores_to_set_up
from departments.errors import StandsInAnotherStore
from departments.models import Department, RequestType
from departments.request_types import (
    archive_request_type,
    bring_back_request_type,
    move_request_type,
    start_with_ready_made,
    write_request_type,
)
from stores.models import Store


def _types(store):
    """Those for all departments, and those of the store's own."""
    return RequestType.objects.filter(Q(departments=None) | Q(departments__stores=store)).distinct().order_by("position", "pk")


def _departments(user):
    """Departments of which every store is this person's to set up."""
    foreign = Store.objects.exclude(pk__in=stores_to_set_up(user).values("pk"))
    return Department.objects.active().exclude(stores__in=foreign).order_by("position", "pk")


def _may_change(user, request_type):
    departments = request_type.departments.all()
    if not departments:
        return sets_up_all(user)
    return not departments.exclude(pk__in=_departments(user).order_by().values("pk")).filter(archived_at=None).exists()


def _find(request, store, pk):
    found = get_object_or_404(_types(store), pk=pk)
    if request.method == "POST" and not _may_change(request.user, found):
        raise StandsInAnotherStore()
    return found


def _row(request_type):
    return f"{reverse('control:request_types')}#type-{request_type.pk}"


@require_safe
def request_types(request, store):
    rows = _types(store).prefetch_related("departments")
    context = {
        "rows": [row for row in rows if row.archived_at is None],
        "archived": [row for row in rows if row.archived_at],
        "may_start": not RequestType.objects.exists() and sets_up_all(request.user),
    }
    return render(request, "control/request_types/list.html", context)


@require_POST
def start(request, store):
    """The ready-made set, with one button."""
    if not sets_up_all(request.user):
        raise StandsInAnotherStore()
    if RequestType.objects.exists():
        messages.info(request, _("There are request types already. Add what is missing one by one."))
    else:
        start_with_ready_made(by=request.user)
        messages.success(request, _("Seven request types are there. Change them as you like."))
    return redirect("control:request_types")


@require_http_methods(["GET", "HEAD", "POST"])
def new_request_type(request, store):
    form = _form(request, store)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                sent.finish(_row(write_request_type(**form.changes, by=request.user)))
                messages.success(request, _("The request type is saved."))
        return redirect(sent.outcome_url)
    context = {"form": form, "may_change": True}
    return render(request, "control/request_types/type.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def request_type(request, store, pk):
    found = _find(request, store, pk)
    form = _form(request, store, request_type=found)
    if form.is_bound and form.is_valid():
        write_request_type(**form.changes, request_type=found, by=request.user)
        messages.success(request, _("The request type is saved."))
        return redirect(_row(found))
    context = {"form": form, "type": found, "may_change": _may_change(request.user, found)}
    return render(request, "control/request_types/type.html", context, status=422 if form.is_bound else 200)


def _form(request, store, **which):
    data = request.POST if request.method == "POST" else None
    return RequestTypeForm(data, store=store, departments=_departments(request.user), may_be_for_all=sets_up_all(request.user), **which)


@require_POST
def place(request, store, pk):
    """One up, one down, or to where it was dragged."""
    found = _find(request, store, pk)
    move_request_type(found, places=places_asked_for(request), among=_types(store).filter(archived_at=None), by=request.user)
    return redirect(_row(found))


@require_POST
def archiving(request, store, pk):
    """Retire the type, or bring it back."""
    found = _find(request, store, pk)
    if request.POST.get("archived") == "yes":
        archive_request_type(found, by=request.user)
        messages.success(request, _("The request type is archived. Tickets that have it keep it."))
    elif request.POST.get("archived") == "no":
        bring_back_request_type(found, by=request.user)
        messages.success(request, _("The request type is offered again."))
    return redirect(_row(found))
