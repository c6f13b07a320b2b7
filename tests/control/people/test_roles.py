"""Roles: changed before everybody's eyes, brought back, made and deleted."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from permissions.models import Role
from permissions.querysets import departments_where, may_grant
from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.roles import all_roles, standard_role
from permissions.services import change_role, grant_role
from tests.make import fresh, make_department, make_staff

ROLES = "/control/roles/"


def typed(role, **changed):
    """What the page of this role sends when nothing is touched, and then what is."""
    words = {f"name_{code}": words for code, words in role.name.data.items()}
    words |= {f"description_{code}": words for code, words in role.description.data.items()}
    rights = {name: getattr(role, name) for name in ("department_rights", "workflow_rights", "store_rights")}
    return words | rights | changed


def seen(browser, role):
    return re.search(r'name="seen" value="(\w+)"', browser.get(f"{ROLES}{role.pk}/").content.decode())[1]


def save(browser, role, **changed):
    """Press the button, and on the review, where there is one, press the other."""
    sent = typed(role, seen=seen(browser, role), **changed)
    answer = browser.post(f"{ROLES}{role.pk}/", sent)
    reviewed = re.search(r'name="reviewed" value="(\w+)"', answer.content.decode())
    return browser.post(f"{ROLES}{role.pk}/", {**sent, "reviewed": reviewed[1]}) if reviewed else answer


@pytest.fixture
def supporter(dan):
    return standard_role(RoleKey.SUPPORTER)


def test_a_change_is_shown_with_who_gets_and_loses_what_before_it_is_made(as_owner, supporter, dan):
    rights = [right for right in supporter.department_rights if right != "close_tickets"] + ["merge_tickets"]

    page = as_owner.post(f"{ROLES}{supporter.pk}/", typed(supporter, seen=seen(as_owner, supporter), department_rights=rights))

    words = page.content.decode()
    assert page.status_code == 200 and "Dan Mazur" in words and "merge" in words and "close and reopen" in words
    assert fresh(supporter).department_rights == supporter.department_rights
    assert departments_where(dan, DepartmentRight.CLOSE).exists()
    assert not AuditLine.objects.filter(deed=Deed.ROLE_CHANGED).exists()

    assert save(as_owner, supporter, department_rights=rights).status_code == 302
    assert not departments_where(dan, DepartmentRight.CLOSE).exists()
    assert departments_where(dan, DepartmentRight.MERGE).exists()
    line = AuditLine.objects.get(deed=Deed.ROLE_CHANGED)
    assert "close_tickets" in line.before["department_rights"] and "close_tickets" not in line.after["department_rights"]


def test_a_review_of_others_than_now_is_shown_again(as_owner, supporter, support):
    sent = typed(supporter, seen=seen(as_owner, supporter), department_rights=[*supporter.department_rights, "merge_tickets"])
    reviewed = re.search(r'name="reviewed" value="(\w+)"', as_owner.post(f"{ROLES}{supporter.pk}/", sent).content.decode())[1]
    late = make_staff("Late Comer", support)

    page = as_owner.post(f"{ROLES}{supporter.pk}/", {**sent, "reviewed": reviewed})

    assert "Late Comer" in page.content.decode()
    assert not departments_where(late, DepartmentRight.MERGE).exists()


def test_a_change_that_somebody_else_made_meanwhile_is_not_undone(as_owner, owner, supporter):
    old = seen(as_owner, supporter)
    change_role(supporter, by=owner, department_rights=["view_tickets"])

    answer = as_owner.post(f"{ROLES}{supporter.pk}/", typed(supporter, seen=old))

    assert answer.status_code == 422 and "Somebody else changed this role" in answer.content.decode()
    assert fresh(supporter).department_rights == ["view_tickets"]


def test_a_role_without_sight_is_refused_beside_the_cause(as_owner, supporter):
    answer = save(as_owner, supporter, department_rights=["reply_tickets"])

    assert answer.status_code == 422 and "at least the right to see tickets" in answer.content.decode()
    assert answer.context["form"].errors["department_rights"]


def test_the_last_who_gives_rights_does_not_lose_it_by_a_change_of_the_role(as_owner, owner):
    role = standard_role(RoleKey.OWNER)

    answer = save(as_owner, role, store_rights=[right for right in role.store_rights if right != "grant_rights"])

    assert answer.status_code == 422 and "Nobody would be left" in answer.context["form"].errors["store_rights"][0]
    assert may_grant(owner)


def test_a_standard_role_comes_back_to_how_it_came(as_owner, owner, supporter, dan):
    change_role(supporter, by=owner, department_rights=["view_tickets"], name=type(supporter.name)({"en": "Helper"}))

    save(as_owner, fresh(supporter), reset="1")

    back = fresh(supporter)
    assert (str(back.name), "reply_tickets" in back.department_rights) == ("Supporter", True)
    assert departments_where(dan, DepartmentRight.REPLY).exists()


def test_ones_own_role_is_made_given_and_deleted_only_when_nobody_has_it(as_owner, owner, support):
    as_owner.post(f"{ROLES}new/", {"name_en": "Cashier", "name_fa": "صندوقدار", "department_rights": ["view_tickets", "note_tickets"]})
    role = Role.objects.get(key=None)
    assert role.name.data == {"en": "Cashier", "fa": "صندوقدار"}
    kim = make_staff("Kim")
    grant_role(kim, support, role, by=owner)

    assert as_owner.post(f"{ROLES}{role.pk}/removal/").status_code == 409
    assert fresh(role)

    type(kim).objects.filter(pk=kim.pk).delete()
    assert as_owner.post(f"{ROLES}{role.pk}/removal/").status_code == 302
    assert not Role.objects.filter(key=None).exists()


def test_standard_roles_are_not_deleted(as_owner):
    observer = standard_role(RoleKey.OBSERVER)

    assert as_owner.post(f"{ROLES}{observer.pk}/removal/").status_code == 404
    assert fresh(observer)


def test_an_owner_of_one_of_two_stores_changes_no_role(as_owner, owner, supporter, repairs):
    """Roles reach into every store, and a standard one is what emergency access gives there."""
    assert as_owner.get(f"{ROLES}{supporter.pk}/").status_code == 200

    answer = as_owner.post(f"{ROLES}{supporter.pk}/", typed(supporter, department_rights=["view_tickets", "delete_tickets"]))

    assert answer.status_code == 403
    assert "delete_tickets" not in fresh(supporter).department_rights
    assert as_owner.get(f"{ROLES}new/").status_code == 403


@pytest.mark.parametrize("typed_right", ["is_superuser", "view_in_status", "", "grant_rights"])
def test_only_rights_that_belong_there_are_taken(as_owner, typed_right):
    answer = as_owner.post(f"{ROLES}new/", {"name_en": "Odd", "department_rights": ["view_tickets", typed_right]})

    assert answer.status_code == 422
    assert not Role.objects.filter(key=None).exists()


def test_a_right_that_another_role_gives_as_well_stays(owner, support):
    """Kim is supporter and senior; the supporter loses notes, a senior writes them still."""
    kim = make_staff("Kim", support)
    grant_role(kim, support, RoleKey.SENIOR)

    change_role(standard_role(RoleKey.SUPPORTER), by=owner, department_rights=["view_tickets", "reply_tickets"])

    assert departments_where(kim, DepartmentRight.NOTE).exists()


def test_what_a_role_gains_ends_where_the_role_itself_ends(owner, support, store):
    kim, soon = make_staff("Kim", support), timezone.now() + timedelta(hours=2)
    bench = make_department("Bench", store=store)
    grant_role(kim, bench, RoleKey.SUPPORTER, ends_at=soon)
    supporter = standard_role(RoleKey.SUPPORTER)

    change_role(supporter, by=owner, department_rights=[*supporter.department_rights, "merge_tickets"])

    ends = dict(
        kim.departmentuserobjectpermission_set.filter(permission__codename="merge_tickets").values_list("content_object", "ends_at")
    )
    assert ends == {support.pk: None, bench.pk: soon}


def test_every_standard_role_stands_in_the_list(as_owner):
    page = as_owner.get(ROLES).content.decode()

    assert all(str(role) in page for role in all_roles())
    assert len(all_roles()) == 6 and StoreRight.GRANT_RIGHTS in standard_role(RoleKey.OWNER).store_rights
