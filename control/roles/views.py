"""Roles: what is given together. A change reaches everybody who has the role, so it is shown before it is made."""

from hashlib import sha256

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import DeskError
from common.form_keys import claim_form
from control.roles.forms import RoleForm
from control.roles.words import right_words
from permissions.errors import LastGranter, RoleWasChanged
from permissions.managing import may_change_roles
from permissions.models import RIGHT_FIELDS, Role
from permissions.own_roles import delete_role, is_in_use, make_role, what_would_change
from permissions.roles import all_roles, standard_fields
from permissions.services import change_role, holders_of


class RolesOfEverybody(DeskError):
    status_code = 403
    message = gettext_lazy("Roles are the same in every store, so only somebody who gives rights in all of them changes one.")


@require_safe
def roles(request):
    found = [{"role": role, "holders": len({who for who, _department in holders_of(role)})} for role in all_roles()]
    return render(request, "control/roles/list.html", {"roles": found, "may_change": may_change_roles(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def new_role(request):
    _guard(request.user)
    form = RoleForm(request.POST if request.method == "POST" else None, store=request.store)
    if form.is_bound and form.is_valid():
        try:
            return redirect(_make(request, form))
        except DeskError as error:
            error.add_to(form)
    return render(request, "control/roles/role.html", {"form": form, "may_change": True}, status=422 if form.is_bound else 200)


@transaction.atomic
def _make(request, form):
    sent = claim_form(form, request)
    if sent.is_first:
        made = make_role(**form.changes, by=request.user)
        messages.success(request, _("The role “%(name)s” is there.") % {"name": made})
        sent.finish(reverse("control:roles"))
    return sent.outcome_url


@require_http_methods(["GET", "HEAD", "POST"])
def role(request, pk):
    """One role; with a review before a change that gives or takes anything from anybody."""
    found = get_object_or_404(Role, pk=pk)
    if request.method != "POST":
        return _show(request, found, RoleForm(store=request.store, role=found))
    _guard(request.user)
    form = RoleForm(request.POST, store=request.store, role=found)
    is_reset = bool(found.key) and "reset" in request.POST
    if "back" in request.POST:
        return _show(request, found, RoleForm(store=request.store, role=found) if is_reset else form, status=200)
    if not is_reset and not form.is_valid():
        return _show(request, found, form)
    fields = standard_fields(found.key) if is_reset else form.changes
    try:
        return _review_or_save(request, found, fields)
    except DeskError as error:
        if is_reset or isinstance(error, RoleWasChanged):
            form = RoleForm(store=request.store, role=found) if is_reset else form
            return _show(request, found, form, complaint=str(error), seen=state_of(found))
        error.field = "store_rights" if isinstance(error, LastGranter) else error.field
        error.add_to(form)
        return _show(request, found, form)


def _review_or_save(request, role, fields):
    if request.POST.get("seen") != state_of(role):
        raise RoleWasChanged()
    changes = what_would_change(role, by=request.user, **fields)
    # Who has the role may have changed between the review and the word; then it is shown again.
    shown = _mark([(who.pk, sorted(_codes(gets)), sorted(_codes(loses))) for who, gets, loses in changes])
    if changes and request.POST.get("reviewed") != shown:
        context = {
            "role": role,
            "changes": [(who, right_words(gets), right_words(loses)) for who, gets, loses in changes],
            "reviewed": shown,
            "kept": [(name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_KEPT],
        }
        return render(request, "control/roles/review.html", context)
    change_role(role, by=request.user, **fields)
    messages.success(request, _("The role is saved."))
    return redirect("control:roles")


_NOT_KEPT = {"csrfmiddlewaretoken", "reviewed", "back"}


def _codes(rights):
    return [[kind, place.pk, code] for kind, place, code in rights]


def state_of(role):
    """What the page was drawn from, in a few letters: a change that somebody else made meanwhile is noticed."""
    return _mark([role.name.data, role.description.data, *(getattr(role, field) for field in RIGHT_FIELDS)])


def _mark(facts):
    return sha256(repr(facts).encode()).hexdigest()[:24]


def _show(request, role, form, *, complaint="", seen="", status=None):
    context = {
        "role": role,
        "form": form,
        "complaint": complaint,
        "seen": seen or request.POST.get("seen") or state_of(role),
        "may_change": may_change_roles(request.user),
        "in_use": is_in_use(role),
        "holders": sorted({str(who) for who, _department in holders_of(role)}),
    }
    return render(request, "control/roles/role.html", context, status=status or (422 if form.is_bound or complaint else 200))


@require_http_methods(["GET", "HEAD", "POST"])
def role_removal(request, pk):
    """Only one's own roles, and only when nobody has them."""
    _guard(request.user)
    found = get_object_or_404(Role, pk=pk, key=None)
    if request.method == "POST":
        delete_role(found, by=request.user)
        messages.success(request, _("The role “%(name)s” is deleted.") % {"name": found})
        return redirect("control:roles")
    return render(request, "control/roles/removal.html", {"role": found, "in_use": is_in_use(found)})


def _guard(user):
    if not may_change_roles(user):
        raise RolesOfEverybody()
