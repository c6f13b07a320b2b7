"""Who there is to give rights to: teams and staff, each with the word that nothing was given yet."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse

from common.normaliser import normalise
from permissions.holdings import holders
from permissions.querysets import departments_to_grant_in, stores_to_grant_in, workflows_to_grant_in

LONGEST = 200


@dataclass
class Row:
    who: object
    url: str
    has_access: bool
    words: str = ""
    members: int = 0


def everybody(granter, text="", *, places=None):
    """(teams, people) whose name holds the text, by name, at most LONGEST of each. A handful of queries for any number of them.

    `places`: where the granter grants, as a sheet has read it already (Sheet.places).
    """
    people_with, teams_with = _holders(places or places_of(granter))
    wanted = normalise(text[:100])
    teams = Group.objects.annotate(members=Count("user", filter=Q(user__is_active=True, user__is_staff=True))).order_by("name", "pk")
    people = get_user_model().objects.staff().prefetch_related("groups")
    team_rows = [
        Row(team, reverse("control:rights_team", args=[team.pk]), team.pk in teams_with, members=team.members)
        for team in teams
        if wanted in normalise(team.name)
    ]
    person_rows = [
        Row(
            person,
            reverse("control:rights_person", args=[person.pk]),
            person.pk in people_with or any(team.pk in teams_with for team in person.groups.all()),
            " · ".join(team.name for team in person.groups.all()),
        )
        for person in people
        if wanted in normalise(person.name) or wanted in normalise(person.email)
    ]
    return team_rows[:LONGEST], person_rows[:LONGEST]


def places_of(granter):
    """{kind: ids} of where this person grants."""
    mine = {"department": departments_to_grant_in, "store": stores_to_grant_in, "workflow": workflows_to_grant_in}
    return {kind: list(there(granter).values_list("pk", flat=True)) for kind, there in mine.items()}


def _holders(places):
    """(ids of people, ids of teams) that hold anything at all in these places."""
    inside = {kind: Q(content_object__in=ids) for kind, ids in places.items()}
    inside["status"] = Q(content_object__workflow__in=places["workflow"])
    inside["action"] = Q(content_object__status__workflow__in=places["workflow"])
    return holders(inside)


def who_or_404(kind, pk):
    """The member of staff or the team. Customers hold no rights, so they have no page here."""
    staff = get_user_model().objects.filter(is_staff=True)
    found = (staff if kind == "person" else Group.objects.all()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
