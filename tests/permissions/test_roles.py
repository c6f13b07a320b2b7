"""Roles: sets of rights given together, whose change reaches whoever has them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from permissions.emergency import take_emergency
from permissions.errors import LastGranter, RoleIsEmpty
from permissions.querysets import departments_where, people_who_grant, statuses_where, stores_where
from permissions.rights import DepartmentRight, RoleKey, StatusRight, StoreRight, WorkflowRight
from permissions.roles import all_roles, standard_role
from permissions.services import change_role, grant, grant_role, holders_of, withdraw, withdraw_role
from statuses.models import Status, StatusKind
from tests.make import make_department, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def dan():
    return make_staff("Dan", sees_customers=False)


def may(person, right, department):
    return department in departments_where(person, right)


def test_all_statuses_means_future_ones_too(support, dan):
    grant(dan, WorkflowRight.VIEW_ALL, support.workflow)

    later = Status.objects.create(workflow=support.workflow, name="Packing", kind=StatusKind.OPEN, position=9)

    assert later in statuses_where(dan, StatusRight.VIEW)
    assert later not in statuses_where(dan, StatusRight.MOVE_TO)


def test_a_changed_role_reaches_whoever_has_it_persons_and_teams(support, dan):
    night, bob = Group.objects.create(name="Night shift"), make_staff("Bob")
    bob.groups.add(night)
    grant_role(dan, support, RoleKey.OBSERVER)
    grant_role(night, support, RoleKey.OBSERVER)
    role = standard_role(RoleKey.OBSERVER)

    change_role(role, department_rights=[DepartmentRight.VIEW, DepartmentRight.REPLY], by=None)

    for person in (dan, bob):
        assert may(person, DepartmentRight.REPLY, support)
        assert not may(person, DepartmentRight.NOTE, support)
    assert set(holders_of(role)) == {(dan, support), (night, support)}


def test_what_was_given_by_hand_outlives_the_change_of_a_role(support, dan):
    grant(dan, DepartmentRight.NOTE, support)
    grant_role(dan, support, RoleKey.OBSERVER)

    change_role(standard_role(RoleKey.OBSERVER), department_rights=[DepartmentRight.VIEW], by=None)

    assert may(dan, DepartmentRight.NOTE, support)


def test_taking_a_role_leaves_what_another_one_holds(support, dan):
    grant_role(dan, support, RoleKey.SUPPORTER)
    grant_role(dan, support, RoleKey.OBSERVER)

    withdraw_role(dan, support, RoleKey.SUPPORTER)

    assert may(dan, DepartmentRight.VIEW, support)
    assert may(dan, DepartmentRight.NOTE, support)
    assert not may(dan, DepartmentRight.REPLY, support)
    assert statuses_where(dan, StatusRight.VIEW).exists()


def test_taking_a_role_in_one_department_leaves_the_other_its_statuses(support, dan):
    sales = make_department("Sales", workflow=support.workflow)
    grant_role(dan, support, RoleKey.OBSERVER)
    grant_role(dan, sales, RoleKey.OBSERVER)

    withdraw_role(dan, support, RoleKey.OBSERVER)

    assert not may(dan, DepartmentRight.VIEW, support)
    assert may(dan, DepartmentRight.VIEW, sales)
    assert statuses_where(dan, StatusRight.VIEW).exists()


def test_a_role_without_seeing_is_refused_and_nothing_changes(support, dan):
    grant_role(dan, support, RoleKey.OBSERVER)

    with pytest.raises(RoleIsEmpty):
        change_role(standard_role(RoleKey.OBSERVER), department_rights=[DepartmentRight.NOTE], by=None)

    assert may(dan, DepartmentRight.VIEW, support)


def test_the_change_of_a_role_is_told_with_before_and_after(support, dan):
    olga = make_staff("Olga")
    grant_role(dan, support, RoleKey.OBSERVER)

    change_role(standard_role(RoleKey.OBSERVER), department_rights=["view_tickets"], by=olga)

    line = AuditLine.objects.get(deed=Deed.ROLE_CHANGED)
    assert (line.actor, line.before) == (olga, {"department_rights": ["view_tickets", "note_tickets"]})
    assert line.after == {"department_rights": ["view_tickets"], "holders": 1}


def test_the_last_who_grants_cannot_lose_it_by_a_box(support, dan):
    store = support.stores.get()
    grant(dan, StoreRight.GRANT_RIGHTS, store)

    with pytest.raises(LastGranter):
        withdraw(dan, StoreRight.GRANT_RIGHTS, store)

    assert list(people_who_grant(store)) == [dan]


def test_the_last_who_grants_cannot_lose_it_by_the_change_of_a_role(support, dan):
    grant_role(dan, support, RoleKey.OWNER)

    with pytest.raises(LastGranter):
        change_role(standard_role(RoleKey.OWNER), store_rights=[], by=None)

    assert list(people_who_grant()) == [dan]
    assert StoreRight.GRANT_RIGHTS in standard_role(RoleKey.OWNER).store_rights


def test_a_right_with_an_end_does_not_count_as_somebody_who_grants_for_good(support, dan):
    store, olga = support.stores.get(), make_staff("Olga")
    grant(olga, StoreRight.GRANT_RIGHTS, store)
    grant(dan, StoreRight.GRANT_RIGHTS, store, ends_at=timezone.now() + timedelta(days=1))

    with pytest.raises(LastGranter):
        withdraw(olga, StoreRight.GRANT_RIGHTS, store)


def test_an_ended_right_counts_for_nothing_though_its_row_is_still_there(support, dan):
    grant(dan, DepartmentRight.VIEW, support, ends_at=timezone.now() - timedelta(seconds=1))

    assert dan.departmentuserobjectpermission_set.exists()
    assert not may(dan, DepartmentRight.VIEW, support)


def test_an_emergency_does_not_shorten_what_was_given_for_good(support, dan):
    grant(dan, DepartmentRight.VIEW, support)

    take_emergency(dan, support, reason="The shop is on fire.", hours=1, by=dan)

    assert dan.departmentuserobjectpermission_set.get(permission__codename="view_tickets").ends_at is None
    assert dan.departmentuserobjectpermission_set.get(permission__codename="reply_tickets").ends_at is not None
    assert stores_where(dan, StoreRight.VIEW_CUSTOMERS).exists()


def test_every_standard_role_is_there_once_and_gives_rights_that_exist():
    roles = list(all_roles())

    assert [role.key for role in roles] == RoleKey.values
    for role in roles:
        assert set(role.department_rights) <= set(DepartmentRight.values)
        assert set(role.workflow_rights) <= set(WorkflowRight.values)
        assert set(role.store_rights) <= set(StoreRight.values)


def test_who_has_nothing_left_in_a_department_has_no_role_there(support, dan):
    grant_role(dan, support, RoleKey.OBSERVER)

    for right in (DepartmentRight.VIEW, DepartmentRight.NOTE):
        withdraw(dan, right, support)

    assert holders_of(standard_role(RoleKey.OBSERVER)) == []
