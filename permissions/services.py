"""Giving and taking rights, to a person or to a team (a Django group). Every change stands in the audit log.

The doors make sure that whoever gives may give there (querysets: stores_to_grant_in, departments_to_grant_in, workflows_to_grant_in).
"""

from collections import namedtuple
from contextlib import contextmanager, nullcontext

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from permissions.errors import LastGranter, RoleIsEmpty
from permissions.models import ROWS, Role, RoleHolding
from permissions.querysets import people_who_grant
from permissions.rights import RIGHTS_ON, DepartmentRight, StoreRight
from permissions.roles import standard_role
from stores.models import Store

#: One right on one thing: the code, and the department, workflow, status, action or store it is given on.
Right = namedtuple("Right", "code on")


@transaction.atomic
def grant(who, right, on, *, by=None, ends_at=None):
    """Give one right on a department, workflow, status, action or store. Giving it twice changes nothing but a later end."""
    change_rights(who, give=[Right(right, on)], by=by, ends_at=ends_at)


@transaction.atomic
def withdraw(who, right, on, *, by=None):
    """Take one right away again. Taking what was not given changes nothing. Raises LastGranter."""
    change_rights(who, take=[Right(right, on)], by=by)


@transaction.atomic
def change_rights(who, *, give=(), take=(), by=None, role=None, ends_at=None, is_emergency=False, reason=""):
    """Give and take rights in one step. Returns what really changed: ([Right], [Right]).

    What is given already stays as it is, except that its end moves when the new one is later (None: never ends).
    Raises LastGranter, and then nothing has changed.
    """
    take = list(take)
    with granters_kept() if any(right.code == StoreRight.GRANT_RIGHTS for right in take) else nullcontext():
        given = _give(who, list(give), by=by, role=role, ends_at=ends_at, is_emergency=is_emergency)
        taken = _take(who, take)
    until = ends_at.isoformat() if ends_at else None
    if given:
        deed = Deed.EMERGENCY if is_emergency else Deed.GRANTED
        after = {"rights": [_fact(right) for right in given], "role": str(role) if role else None, "until": until}
        note(deed, by=by, on=who, after={key: value for key, value in after.items() if value}, reason=reason)
    if taken:
        _forget_empty_roles(who, taken)
        note(Deed.WITHDRAWN, by=by, on=who, before={"rights": [_fact(right) for right in taken]}, reason=reason)
    return given, taken


@transaction.atomic
def grant_role(who, department, role, *, by=None, ends_at=None):
    """Give everything the role (a Role, or the key of a standard one) holds: in the department, its workflow and its stores.

    Given again, its end moves when the new one is later (None: never ends). It leaves a line in the audit log even where all its
    rights were there before: what the role gains later comes to whoever has it.
    """
    role = _role(role)
    holding, is_new = RoleHolding.objects.get_or_create(**_whose(who), role=role, department=department, defaults={"ends_at": ends_at})
    if not is_new and holding.ends_at and (ends_at is None or holding.ends_at < ends_at):
        holding.ends_at, is_new = ends_at, True
        holding.save(update_fields=["ends_at"])
    given = change_rights(who, give=rights_of_role(role, department), by=by, role=role, ends_at=ends_at)[0]
    if is_new and not given:
        until = {"until": ends_at.isoformat()} if ends_at else {}
        note(Deed.GRANTED, by=by, on=who, after={"role": str(role), "department": str(department)} | until)
    return given


@transaction.atomic
def withdraw_role(who, department, role, *, by=None):
    """Take what was given through the role in this department. What another role of theirs holds, or was given by hand, stays."""
    role = _role(role)
    if not roles_of(who).filter(role=role, department=department).delete()[0]:
        return []
    taken = change_rights(who, take=_only_through(who, role, rights_of_role(role, department)), by=by)[1]
    if not taken:
        note(Deed.WITHDRAWN, by=by, on=who, before={"role": str(role), "department": str(department)})
    return taken


def rights_of_role(role, department):
    """Everything the role gives when it is given in this department."""
    return [
        *(Right(code, department) for code in role.department_rights),
        *(Right(code, department.workflow) for code in role.workflow_rights),
        *(Right(code, store) for store in department.stores.all() for code in role.store_rights),
    ]


def roles_of(who):
    """The roles a person or team has itself, department by department, that have not ended."""
    return RoleHolding.objects.running().filter(**_whose(who)).select_related("role", "department__workflow").order_by("department", "role")


def holders_of(role):
    """(person or team, department) wherever the role was given and has not ended."""
    holdings = role.holdings.running().select_related("user", "group", "department__workflow").order_by("pk")
    return [(holding.who, holding.department) for holding in holdings]


@transaction.atomic
def change_role(role, *, by, **fields):
    """Change a role's name, description or rights; whoever has it gains and loses the difference. Raises RoleIsEmpty, LastGranter.

    A box somebody took from one holder stays empty: only what the role gained is given.
    """
    role = Role.objects.select_for_update().get(pk=role.pk)
    before = {name: _plain(getattr(role, name)) for name in fields}
    holdings = list(role.holdings.running().select_related("user", "group", "department__workflow"))
    old = {holding: set(rights_of_role(role, holding.department)) for holding in holdings}
    for name, value in fields.items():
        setattr(role, name, value)
    if DepartmentRight.VIEW not in role.department_rights:
        raise RoleIsEmpty()
    role.save(update_fields=list(fields))
    with granters_kept():
        for holding in holdings:
            new = set(rights_of_role(role, holding.department))
            _give(holding.who, new - old[holding], by=by, role=role, ends_at=holding.ends_at)
            _take(holding.who, _only_through(holding.who, role, old[holding] - new))
    after = {name: _plain(value) for name, value in fields.items()}
    changed = [name for name in fields if before[name] != after[name]]
    if changed:
        note(
            Deed.ROLE_CHANGED,
            by=by,
            on=role,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed} | {"holders": len(holdings)},
        )
    return role


def end_grants():
    """Clear away what has ended, with a line in the audit log. It counts for nothing since the moment it ended. Returns how many."""
    ended = 0
    for kind, tables in ROWS.items():
        for rows in tables:
            who = "user" if hasattr(rows, "user") else "group"
            for row in rows.objects.filter(ends_at__lte=timezone.now()).select_related(who, "permission", "content_object"):
                with transaction.atomic():
                    if rows.objects.filter(pk=row.pk, ends_at__lte=timezone.now()).delete()[0]:
                        fact = _fact(Right(row.permission.codename, row.content_object)) | {"kind": kind}
                        note(Deed.GRANT_ENDED, on=getattr(row, who), before={"rights": [fact]})
                        ended += 1
    RoleHolding.objects.filter(ends_at__lte=timezone.now()).delete()
    return ended


@contextmanager
def granters_kept():
    """Whatever happens inside, every store that had somebody who grants for good still has one, or LastGranter is raised.

    Stores are locked meanwhile, so that two owners cannot take it from each other at the same moment.
    """
    with transaction.atomic():
        stores = list(Store.objects.select_for_update())
        before = {store for store in stores if people_who_grant(store, for_good=True).exists()}
        yield
        for store in before:
            if not people_who_grant(store, for_good=True).exists():
                raise LastGranter()


# --- Rows ---------------------------------------------------------------------------------------


def _kind(on):
    return on._meta.model_name


def _table(kind, who):
    """(the rows' table, the name of its field for persons or for teams)"""
    return (ROWS[kind][1], "group") if isinstance(who, Group) else (ROWS[kind][0], "user")


def _whose(who):
    return {"group" if isinstance(who, Group) else "user": who}


def _role(role):
    return standard_role(role) if isinstance(role, str) else role


def _only_through(who, role, rights):
    """Those of these rights whose rows came through the role, and which no role they still have holds as well.

    Rows that another role holds too go on as that one's.
    """
    others = {right: holding.role for holding in roles_of(who) for right in rights_of_role(holding.role, holding.department)}
    through = []
    for right in rights:
        table, field = _table(_kind(right.on), who)
        row = table.objects.filter(**{field: who, "content_object": right.on, "permission__codename": right.code, "role": role}).first()
        if row and right in others:
            row.role = others[right]
            row.save(update_fields=["role"])
        elif row:
            through.append(right)
    return through


def _forget_empty_roles(who, taken):
    """Who has nothing left in a department has no role there either."""
    table, field = _table("department", who)
    for department in {right.on for right in taken if _kind(right.on) == "department"}:
        if not table.objects.filter(**{field: who, "content_object": department}).exists():
            roles_of(who).filter(department=department).delete()


def _permissions(kind):
    found = Permission.objects.filter(content_type__model=kind, codename__in=RIGHTS_ON[kind].values)
    return {permission.codename: permission for permission in found}


def _give(who, rights, *, by, role, ends_at, is_emergency=False):
    new = []
    for kind in {_kind(right.on) for right in rights}:
        table, field = _table(kind, who)
        permissions = _permissions(kind)
        wanted = {(right.on.pk, str(right.code)): right for right in rights if _kind(right.on) == kind}
        rows = table.objects.filter(**{field: who, "content_object__in": {pk for pk, _code in wanted}}).select_related("permission")
        for row in rows:
            right = wanted.pop((row.content_object_id, row.permission.codename), None)
            if is_emergency and not row.is_emergency:
                continue  # given otherwise, it keeps the end it has: ending the emergency early must not take it along
            if right and row.ends_at and (ends_at is None or row.ends_at < ends_at):
                new.append(right)
                row.ends_at, row.role, row.given_by, row.is_emergency = ends_at, role, by, is_emergency
                row.save(update_fields=["ends_at", "role", "given_by", "is_emergency"])
        table.objects.bulk_create(
            table(
                **{field: who},
                permission=permissions[code],
                content_object=right.on,
                role=role,
                given_by=by,
                ends_at=ends_at,
                is_emergency=is_emergency,
            )
            for (_pk, code), right in wanted.items()
        )
        new += wanted.values()
    return new


def _take(who, rights):
    gone = []
    for right in rights:
        table, field = _table(_kind(right.on), who)
        rows = table.objects.filter(**{field: who, "content_object": right.on, "permission__codename": right.code})
        if rows.delete()[0]:
            gone.append(right)
    return gone


def _fact(right):
    return {"right": str(right.code), "on": _kind(right.on), "id": right.on.pk, "name": str(right.on)}


def _plain(value):
    """A field of a role as JSON for the audit log."""
    return value if isinstance(value, list | str) else getattr(value, "data", None) or str(value)
