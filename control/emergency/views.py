"""Emergency access: opening a department to oneself for some hours, before everybody's eyes; and ending it again."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import DeskError
from common.form_keys import claim_form
from control.emergency.forms import EmergencyForm
from departments.models import Department
from notifications.granters import tell_of_emergency
from permissions.emergency import (
    EMERGENCIES_A_DAY,
    departments_in_emergency,
    end_emergency,
    may_end_emergency,
    running_emergencies,
    stores_in_emergency,
    take_emergency,
)
from permissions.querysets import people_who_grant


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request):
    """For whoever may take it; others have no such page."""
    if not stores_in_emergency(request.user).exists():
        raise Http404
    form = EmergencyForm(request.POST if request.method == "POST" else None, departments=departments_in_emergency(request.user))
    if form.is_bound and form.is_valid():
        try:
            return redirect(_take(request, form))
        except DeskError as error:
            error.add_to(form)
    rows = {(row.user_id, row.content_object_id): row for row in running_emergencies(seen_by=request.user)}
    running = [{"row": row, "is_own": row.user_id == request.user.pk} for row in rows.values()]
    told = people_who_grant().exclude(pk=request.user.pk)
    context = {"form": form, "running": running, "told": told, "limit": EMERGENCIES_A_DAY}
    return render(request, "control/emergency/emergency.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _take(request, form):
    """Open it once, however often the form is sent, and tell the others. Returns where to go."""
    sent = claim_form(form, request)
    if not sent.is_first:
        return sent.outcome_url
    department, hours, reason = (form.cleaned_data[name] for name in ("department", "hours", "reason"))
    take_emergency(request.user, department, reason=reason, hours=hours, by=request.user)
    ends_at = running_emergencies(user=request.user).filter(content_object=department).values_list("ends_at", flat=True).last()
    tell_of_emergency(request.user, department, ends_at=ends_at, reason=reason)
    messages.success(request, _("%(department)s is open to you for now.") % {"department": department})
    url = reverse("backoffice:inbox")
    sent.finish(url)
    return url


@require_POST
def emergency_end(request, person_pk, department_pk):
    """One's own, or a colleague's where one gives rights."""
    person = get_object_or_404(get_user_model(), pk=person_pk)
    department = get_object_or_404(Department, pk=department_pk)
    if not may_end_emergency(request.user, person, department):
        raise Http404
    end_emergency(person, department, by=request.user)
    messages.success(request, _("The emergency access to %(department)s has ended.") % {"department": department})
    return redirect("control:emergency" if stores_in_emergency(request.user).exists() else "backoffice:inbox")
