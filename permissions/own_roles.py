"""Roles that owners make themselves, and what a change of any role would mean for those who have it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from audit.choices import Deed
from audit.log import note
from permissions.errors import RoleIsEmpty, RoleIsInUse
from permissions.models import RIGHT_FIELDS, ROWS, Role
from permissions.rights import DepartmentRight
from permissions.services import change_role, holders_of


@transaction.atomic
def make_role(*, by, **fields):
    """A role of one's own, after the others. Raises RoleIsEmpty."""
    if DepartmentRight.VIEW not in fields["department_rights"]:
        raise RoleIsEmpty()
    last = Role.objects.order_by("-position").values_list("position", flat=True).first() or 0
    role = Role.objects.create(**fields, position=last + 1)
    note(Deed.ROLE_CHANGED, by=by, on=role, after={name: fields[name] for name in RIGHT_FIELDS})
    return role


@transaction.atomic
def delete_role(role, *, by):
    """Only one's own role, and only when nobody has it. Raises RoleIsInUse."""
    role = Role.objects.select_for_update().get(pk=role.pk)
    if role.key or is_in_use(role):
        raise RoleIsInUse()
    note(Deed.ROLE_CHANGED, by=by, on=role, before={name: getattr(role, name) for name in RIGHT_FIELDS}, after={"deleted": True})
    role.delete()


def is_in_use(role):
    return role.holdings.running().exists() or any(
        rows.objects.running().filter(role=role).exists() for tables in ROWS.values() for rows in tables
    )


def what_would_change(role, *, by, **fields):
    """[(person or team, what they would get, what they would lose)] if the role were changed so, by name; nothing is stored.

    The change is really made and taken back, so that this never says anything but what would happen. Rights are
    (kind, place, code). Raises whatever change_role raises.
    """
    holders = {who for who, _department in holders_of(role)}
    with transaction.atomic():
        before = _everything_of(holders)
        change_role(role, by=by, **fields)
        after = _everything_of(holders)
        transaction.set_rollback(True)
    changes = [(who, after[who] - before[who], before[who] - after[who]) for who in holders]
    return sorted(((who, gets, loses) for who, gets, loses in changes if gets or loses), key=lambda change: str(change[0]))


def _everything_of(holders):
    """{person or team: {(kind, place, code)}} of all they hold themselves, with one query for each kind of row."""
    found = {who: set() for who in holders}
    for kind, (of_persons, of_teams) in ROWS.items():
        for rows, field, model in ((of_persons, "user", get_user_model()), (of_teams, "group", Group)):
            mine = {who.pk: who for who in holders if isinstance(who, model)}
            for row in rows.objects.running().filter(**{f"{field}__in": mine}).select_related("permission", "content_object"):
                found[mine[getattr(row, f"{field}_id")]].add((kind, row.content_object, row.permission.codename))
    return found
