"""Teams: a name, members, and what members hold through the team. Rights of a team are given where all rights are given."""

from django.contrib import messages
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import DeskError
from common.form_keys import claim_form
from control.teams.forms import TeamForm
from permissions.errors import HoldsRightsElsewhere
from permissions.managing import may_manage_team
from permissions.querysets import departments_to_grant_in
from permissions.teams import delete_team, has_rights, make_team, rename_team, staff_team
from tickets.services.handing_over import hand_over, open_tickets_of

PRESENT = Q(user__is_staff=True, user__is_active=True)


@require_safe
def teams(request):
    found = Group.objects.annotate(size=Count("user", filter=PRESENT)).order_by("name", "pk")
    return render(request, "control/teams/list.html", {"teams": found})


@require_http_methods(["GET", "HEAD", "POST"])
def new_team(request):
    form = TeamForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(_make(request, form))
        except DeskError as error:
            error.add_to(form)
    return render(request, "control/teams/team.html", {"form": form, "may_manage": True}, status=422 if form.is_bound else 200)


@transaction.atomic
def _make(request, form):
    sent = claim_form(form, request)
    if not sent.is_first:
        return sent.outcome_url
    team = make_team(form.cleaned_data["name"], by=request.user)
    staff_team(team, form.cleaned_data["members"], by=request.user)
    messages.success(request, _("The team “%(name)s” is there. It holds no rights yet.") % {"name": team})
    url = reverse("control:team", args=[team.pk])
    sent.finish(url)
    return url


@require_http_methods(["GET", "HEAD", "POST"])
def team(request, pk):
    found = get_object_or_404(Group, pk=pk)
    may_manage = may_manage_team(request.user, found)
    present = found.user_set.filter(is_staff=True, is_active=True)
    form = TeamForm(request.POST if request.method == "POST" else None, initial={"name": found.name, "members": present})
    if form.is_bound and not may_manage:
        raise HoldsRightsElsewhere()
    if form.is_bound and form.is_valid():
        try:
            _change(request, found, form)
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The team is saved."))
            return redirect("control:team", found.pk)
    context = {"team": get_object_or_404(Group, pk=pk), "form": form, "may_manage": may_manage, "has_rights": has_rights(found)}
    return render(request, "control/teams/team.html", context | {"members": present}, status=422 if form.is_bound else 200)


@transaction.atomic
def _change(request, team, form):
    rename_team(team, form.cleaned_data["name"], by=request.user)
    try:
        staff_team(team, form.cleaned_data["members"], by=request.user)
    except DeskError as error:
        error.field = "members"
        raise


@require_http_methods(["GET", "HEAD", "POST"])
def team_removal(request, pk):
    found = get_object_or_404(Group, pk=pk)
    if not may_manage_team(request.user, found) or _has_tickets_elsewhere(request.user, found):
        raise HoldsRightsElsewhere()
    complaint = ""
    if request.method == "POST":
        try:
            _delete(request, found)
        except DeskError as error:
            complaint = str(error)
        else:
            messages.success(request, _("The team “%(name)s” is deleted.") % {"name": found})
            return redirect("control:teams")
    context = {
        "team": found,
        "members": found.user_set.filter(is_staff=True, is_active=True).order_by("name", "pk"),
        "has_rights": has_rights(found),
        "tickets_open": open_tickets_of(found).count(),
        "complaint": complaint,
    }
    return render(request, "control/teams/removal.html", context, status=409 if complaint else 200)


def _has_tickets_elsewhere(user, team):
    """A team may work on tickets with what its members hold themselves: those of another store are not taken from it here."""
    return open_tickets_of(team).exclude(department__in=departments_to_grant_in(user).values("pk")).exists()


@transaction.atomic
def _delete(request, team):
    hand_over(open_tickets_of(team), to=None, by=request.user)
    delete_team(team, by=request.user)
