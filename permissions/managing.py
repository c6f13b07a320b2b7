"""Whom somebody who gives rights may manage: a colleague or a team whose rights lie wholly where this person gives rights."""

from django.contrib.auth.models import Group

from permissions.errors import HoldsRightsElsewhere, NotOneself, OnlySuperusers
from permissions.models import ROWS
from permissions.querysets import departments_to_grant_in, may_grant, stores_to_grant_in, workflows_to_grant_in
from statuses.models import Action, Status
from stores.models import Store

# Rights on statuses alone open no ticket, so of a person they say nothing. To a team's members they would be given.
OF_PERSON = ["store", "department"]
OF_TEAM = ["store", "department", "workflow", "status", "action"]


def guard_person(user, person):
    """Raises why `user` may not add to, end or give back what this colleague has. Nobody manages themself."""
    if user.pk == person.pk:
        raise NotOneself()
    if person.is_superuser and not user.is_superuser:
        raise OnlySuperusers()
    if not _holds_only_where(user, person, OF_PERSON):
        raise HoldsRightsElsewhere()


def may_manage_team(user, team):
    """Whether `user` may say who is in the team: whoever comes in gets all that the team holds.

    A team that holds nothing belongs where its members do: nobody restaffs the colleagues of another store.
    """
    if not _holds_only_where(user, team, OF_TEAM):
        return False
    if user.is_superuser or any(_held(kind, team) for kind in OF_TEAM):
        return True
    members = {kind: _held_by_members(kind, team) for kind in OF_PERSON}
    return all(places <= _places(user, kind) for kind, places in members.items())


def may_change_roles(user):
    """A role is one and the same in every store, so only who gives rights in all of them changes it."""
    return grants_everywhere(user)


def grants_everywhere(user):
    """Whether this person gives rights in every store there is."""
    return may_grant(user) and not Store.objects.exclude(pk__in=stores_to_grant_in(user).values("pk")).exists()


def _holds_only_where(user, who, kinds):
    if not may_grant(user):
        return False
    return user.is_superuser or all(_held(kind, who) <= _places(user, kind) for kind in kinds)


def _held(kind, who):
    """Ids of the places of this kind on which anything was given to this team, or to this person and through their teams."""
    of_person, of_team = (rows.objects.running() for rows in ROWS[kind])
    rows = [of_team.filter(group=who)] if isinstance(who, Group) else [of_person.filter(user=who), of_team.filter(group__user=who)]
    return {pk for part in rows for pk in part.values_list("content_object", flat=True)}


def _held_by_members(kind, team):
    """Ids of the places of this kind on which anything was given to the members of the team, or through any team of theirs."""
    of_person, of_team = (rows.objects.running() for rows in ROWS[kind])
    rows = [of_person.filter(user__groups=team), of_team.filter(group__user__groups=team)]
    return {pk for part in rows for pk in part.values_list("content_object", flat=True)}


def _places(user, kind):
    """Ids of where this person gives rights. Sets, not queries inside of queries: SQLite reads only so deep."""
    if kind == "store":
        return _ids(stores_to_grant_in(user))
    if kind == "department":
        return _ids(departments_to_grant_in(user))
    workflows = _ids(workflows_to_grant_in(user))
    if kind == "workflow":
        return workflows
    if kind == "status":
        return _ids(Status.objects.filter(workflow__in=workflows))
    return _ids(Action.objects.filter(status__workflow__in=workflows))


def _ids(places):
    return set(places.values_list("pk", flat=True))
