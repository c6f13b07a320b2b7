"""Who holds the right to an action of what is in force."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q

from permissions.models import ROWS
from permissions.rights import FOR_ALL, ActionRight
from statuses.models import Action


@dataclass
class Holders:
    """`is_new`: the action is in the draft only, so nobody can hold more than what holds for the whole workflow."""

    people: list
    teams: list
    is_new: bool


def holders_of(workflow, status, action):
    """People and teams who were given this very action, or every action of the workflow. Three queries."""
    row = Action.objects.kept().filter(status__workflow=workflow, status__key=status, key=action or "").first()
    found = []
    for of_team, field in enumerate(("user", "group")):
        on_action, on_workflow = (
            ROWS[kind][of_team].objects.running().filter(permission__codename=code, content_object=place).values(field)
            for kind, code, place in (
                ("action", ActionRight.PERFORM, row.pk if row else 0),
                ("workflow", FOR_ALL[ActionRight.PERFORM], workflow.pk),
            )
        )
        found.append(Q(pk__in=on_action) | Q(pk__in=on_workflow))
    of_people, of_teams = found
    people = list(get_user_model().objects.staff().filter(of_people))
    return Holders(people, list(Group.objects.filter(of_teams).order_by("name")), row is None)
