"""The owner's own fields: what is asked about requests, in actions and about customers."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.form_keys import claim_form
from control.belonging import Own, require_own
from control.fields.forms import FieldForm
from control.fields.preview import preview_in
from control.fields.uses import uses_of
from control.moves import places_asked_for
from custom_fields.models import CustomerAccess, Field, FieldPlace
from custom_fields.services import archive_field, move_field, restore_field, save_field


def _fields(store):
    """Fields for all departments, and those of this store's; not those that belong to other stores alone."""
    theirs = Q(departments=None) | Q(departments__stores=store)
    return Field.objects.filter(pk__in=Field.objects.filter(theirs).values("pk"))


def _find(request, fields, pk):
    """The field; refused where another store, which is not this person's to set up, asks for it as well."""
    found = get_object_or_404(fields, pk=pk)
    require_own(Own(request.user).has_field(found))
    return found


def _row(field):
    return f"{reverse('control:fields')}#field-{field.pk}"


@require_safe
def fields(request, store):
    """By what they are about, in their order; those that were removed at the end, and the form as customers see it."""
    rows = list(_fields(store).prefetch_related("departments__stores").select_related("shown_when").order_by("position", "pk"))
    own = Own(request.user)
    for row in rows:
        row.is_own = own.has_field(row)
    kept = [row for row in rows if row.archived_at is None]
    groups = [(label, [row for row in kept if row.place == place]) for place, label in FieldPlace.choices]
    asked = [row for row in kept if row.place == FieldPlace.TICKET and row.in_forms and row.customer_access == CustomerAccess.EDITS]
    context = {
        "groups": [group for group in groups if group[1]],
        "removed": [row for row in rows if row.archived_at is not None],
        "previews": preview_in(asked, store) if asked else [],
    }
    return render(request, "control/fields/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_field(request, store):
    place = request.GET.get("place", "")
    found = Field(place=place if place in FieldPlace.values else FieldPlace.TICKET)
    form = FieldForm(
        request.POST if request.method == "POST" else None, store=store, field=found, of_all_stores=Own(request.user).all_of_them
    )
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                made = save_field(found, form.cleaned_data, by=request.user, store=store)
                sent.finish(_row(made))
                messages.success(request, _("The field is saved."))
        return redirect(sent.outcome_url)
    return render(request, "control/fields/field.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def field(request, store, pk):
    found = _find(request, _fields(store), pk)
    uses = uses_of(found)
    form = FieldForm(
        request.POST if request.method == "POST" else None, store=store, field=found, is_held=uses.is_held,
        of_all_stores=Own(request.user).all_of_them,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        save_field(found, _with_those_of_others(found, form, store), by=request.user, store=store)
        messages.success(request, _("The field is saved."))
        return redirect(_row(found))
    shown = Field.objects.get(pk=pk)
    context = {"form": form, "field": shown, "uses": uses, "previews": preview_in([shown], store)}
    return render(request, "control/fields/field.html", context, status=422 if form.is_bound else 200)


def _with_those_of_others(field, form, store):
    """Departments and statuses of other stores are not this owner's to take away."""
    changes = dict(form.cleaned_data)
    changes["departments"] = [*changes["departments"], *field.departments.exclude(stores=store)]
    mine = form.fields["required_in"].queryset.values("pk")
    changes["required_in"] = [*changes["required_in"], *field.required_in.exclude(pk__in=mine)]
    return changes


@require_POST
def place(request, store, pk):
    """One up or down by the buttons; so many places, where the row was dragged."""
    found = _find(request, _fields(store).kept(), pk)
    move_field(found, places=places_asked_for(request), by=request.user, store=store)
    return redirect(_row(found))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, store, pk):
    """Says first where the field is used. When that has changed since, it is said again."""
    found = _find(request, _fields(store).kept(), pk)
    uses = uses_of(found)
    told = request.POST.get("seal")
    if request.method == "POST" and told == uses.seal:
        archive_field(found, by=request.user, store=store)
        messages.success(request, _("The field is removed. What was answered stays to be read."))
        return redirect("control:fields")
    changed = request.method == "POST"
    context = {"field": found, "uses": uses, "changed": changed}
    return render(request, "control/fields/removal.html", context, status=409 if changed else 200)


@require_POST
def restoration(request, store, pk):
    found = _find(request, _fields(store), pk)
    restore_field(found, by=request.user, store=store)
    messages.success(request, _("The field is asked for again."))
    return redirect(_row(found))
