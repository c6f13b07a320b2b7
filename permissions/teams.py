"""Teams (Django groups): making, naming, staffing and deleting them. What a team holds, each of its members holds."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import F

from audit.choices import Deed
from audit.log import note
from common.text import clean_line
from permissions.errors import TeamNameTaken
from permissions.models import ROWS
from permissions.services import granters_kept

NAME_LIMIT = 80


@transaction.atomic
def make_team(name, *, by):
    """A team without members and rights. Raises TeamNameTaken, whatever the case of the letters."""
    with granters_kept():  # one after the other, so that two teams never get one name
        team = Group(name=clean_line(name, NAME_LIMIT))
        _save(team)
    note(Deed.TEAM_CHANGED, by=by, on=team, after={"name": team.name})
    return team


@transaction.atomic
def rename_team(team, name, *, by):
    """Raises TeamNameTaken. The same name again changes nothing."""
    before, after = team.name, clean_line(name, NAME_LIMIT)
    if before == after:
        return team
    with granters_kept():
        team.name = after
        _save(team)
    note(Deed.TEAM_CHANGED, by=by, on=team, before={"name": before}, after={"name": after})
    return team


@transaction.atomic
def staff_team(team, members, *, by):
    """From now on these active colleagues are the team's members; who has no access now stays what they were.

    Returns (who came, who went). Raises LastGranter, and then nothing has changed.
    """
    with granters_kept():
        wanted = set(get_user_model().objects.staff().filter(pk__in=[person.pk for person in members]))
        present = set(team.user_set.filter(is_staff=True, is_active=True))
        came, went = wanted - present, present - wanted
        team.user_set.add(*came)
        team.user_set.remove(*went)
    if came or went:
        note(Deed.TEAM_CHANGED, by=by, on=team, before={"members": _facts(present)}, after={"members": _facts(wanted)})
    return came, went


@transaction.atomic
def delete_team(team, *, by):
    """The team goes, and with it what its members held through it. Raises LastGranter.

    The door gives its tickets back first (tickets.services.handing_over), so that their history tells of it.
    """
    before = {"name": team.name, "members": _facts(team.user_set.all()), "rights": rights_of_team(team)}
    with granters_kept():
        note(Deed.TEAM_CHANGED, by=by, on=team, before=before, after={"deleted": True})
        Group.objects.filter(pk=team.pk).delete()  # the object stays whole for whoever is told that it could not be done


def has_rights(team):
    return any(rows.objects.running().filter(group=team).exists() for _of_persons, rows in ROWS.values())


def rights_of_team(team):
    """What the team holds, as neutral facts: code, kind, id and name of the place."""
    return [
        {"right": row.code, "on": kind, "id": row.content_object_id, "name": str(row.content_object)}
        for kind, (_of_persons, rows) in ROWS.items()
        for row in rows.objects.running().filter(group=team).select_related("content_object").annotate(code=F("permission__codename"))
    ]


def _save(team):
    # Compared here, because SQLite knows the case of Latin letters only.
    others = Group.objects.exclude(pk=team.pk).values_list("name", flat=True)
    if team.name.casefold() in {name.casefold() for name in others}:
        raise TeamNameTaken()
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise TeamNameTaken() from error


def _facts(people):
    return [{"id": person.pk, "name": str(person)} for person in sorted(people, key=lambda person: (str(person), person.pk))]
