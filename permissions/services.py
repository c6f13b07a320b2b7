"""Giving and taking rights, to a person or to a team (a Django group)."""

from django.db import transaction
from guardian.shortcuts import assign_perm, remove_perm

from permissions.rights import ROLE_RIGHTS, DepartmentRight, StatusRight


@transaction.atomic
def grant(who, right, on, *, by=None):
    """Give one right on a department, status or store. Giving it twice changes nothing."""
    assign_perm(right, who, on)


@transaction.atomic
def withdraw(who, right, on, *, by=None):
    """Take one right away again. Taking what was not given changes nothing."""
    remove_perm(right, who, on)


@transaction.atomic
def grant_role(who, department, role, *, by=None):
    """Give everything the role holds in this department, and sight of all statuses its tickets pass through."""
    for right in ROLE_RIGHTS[role]:
        grant(who, right, department, by=by)
    may_move = DepartmentRight.CHANGE_STATUS in ROLE_RIGHTS[role]
    for status in department.workflow.statuses.all():
        grant(who, StatusRight.VIEW, status, by=by)
        if may_move:
            grant(who, StatusRight.MOVE_TO, status, by=by)
