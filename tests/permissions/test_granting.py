import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from accounts.services import disable_person
from audit.choices import Deed
from audit.log import COMMAND_LINE
from audit.models import AuditLine
from common.moments import reading_as
from control.audit.words import Teller
from permissions.querysets import departments_where, people_with, statuses_where, stores_where
from permissions.rights import DepartmentRight, RoleKey, StatusRight, StoreRight
from permissions.roles import standard_role
from permissions.services import grant, grant_role, rights_of_role, withdraw, withdraw_role
from tests.make import make_customer, make_department, make_person, make_staff, make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_a_role_gives_what_it_holds_and_sight_of_its_statuses():
    support = make_department("Support")
    watcher = make_staff("Watcher", support, role=RoleKey.OBSERVER)

    assert list(departments_where(watcher, DepartmentRight.NOTE)) == [support]
    assert list(departments_where(watcher, DepartmentRight.REPLY)) == []
    assert set(statuses_where(watcher, StatusRight.VIEW)) == set(support.workflow.statuses.all())
    assert list(statuses_where(watcher, StatusRight.MOVE_TO)) == []


def test_granting_twice_and_withdrawing_twice_change_nothing_more():
    support, alice = make_department("Support"), make_staff("Alice")
    grant(alice, DepartmentRight.VIEW, support)
    grant(alice, DepartmentRight.VIEW, support)
    assert list(departments_where(alice, DepartmentRight.VIEW)) == [support]

    withdraw(alice, DepartmentRight.VIEW, support)
    withdraw(alice, DepartmentRight.VIEW, support)
    assert list(departments_where(alice, DepartmentRight.VIEW)) == []


def test_people_with_a_right_are_active_staff_who_were_given_it():
    support = make_department("Support")
    alice, gone = make_staff("Alice", support), make_staff("Gone", support, is_active=False)
    make_staff("Bob")
    grant_role(make_person("Nour"), support, RoleKey.SUPPORTER)

    assert list(people_with(DepartmentRight.REPLY, support)) == [alice]
    assert gone not in people_with(DepartmentRight.REPLY, support)


def test_a_deleted_department_leaves_no_rights_behind():
    support = make_department("Support")
    alice = make_staff("Alice", support)

    support.delete()

    assert not alice.departmentuserobjectpermission_set.exists()


def test_grant_owner_makes_a_person_who_may_do_everything(tmp_path):
    support = make_department("Support")
    ticket = make_ticket(department=support)
    password = tmp_path / "password"
    password.write_text("correct horse battery\n")

    call_command("grant_owner", "olga@shop.example", name="Olga", password_from=str(password), verbosity=0)

    olga = get_user_model().objects.get(email="olga@shop.example")
    assert olga.check_password("correct horse battery")
    assert list(Ticket.objects.visible_to(olga)) == [ticket]
    assert all(stores_where(olga, right).exists() for right in StoreRight)


def test_grant_owner_says_when_nobody_is_there():
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("grant_owner", "nobody@shop.example")


def test_createsuperuser_works_unattended_and_opens_no_ticket(monkeypatch):
    make_ticket(department=make_department("Support"))
    for name, value in {"EMAIL": "root@shop.example", "NAME": "Root", "PASSWORD": "correct horse battery"}.items():
        monkeypatch.setenv(f"DJANGO_SUPERUSER_{name}", value)

    call_command("createsuperuser", interactive=False, verbosity=0)

    root = get_user_model().objects.get(email="root@shop.example")
    assert root.is_superuser and root.check_password("correct horse battery")
    assert not Ticket.objects.visible_to(root).exists()


def test_grant_owner_leaves_a_line_when_it_makes_or_brings_back_a_colleague():
    make_department("Support")
    kasia = make_customer("Kasia", email="kasia@shop.example").user
    disable_person(kasia)

    for _twice in range(2):
        call_command("grant_owner", kasia.email, verbosity=0)

    line = AuditLine.objects.get(deed=Deed.PERSON_CHANGED)
    assert (line.before, line.after) == ({"staff": False, "active": False}, {"staff": True, "active": True})
    assert (line.subject_id, line.reason) == (str(kasia.pk), COMMAND_LINE)


def test_a_role_whose_rights_were_all_given_by_hand_leaves_a_line_when_it_comes_and_when_it_goes():
    """Whoever has it gets what the role gets later, so it is a change of rights although no right is new."""
    support, dan = make_department("Support"), make_staff("Dan")
    for right in rights_of_role(standard_role(RoleKey.ACCOUNTANT), support):
        grant(dan, right.code, right.on)
    before = set(AuditLine.objects.values_list("pk", flat=True))

    grant_role(dan, support, RoleKey.ACCOUNTANT)
    grant_role(dan, support, RoleKey.ACCOUNTANT)
    given = AuditLine.objects.exclude(pk__in=before).get()
    withdraw_role(dan, support, RoleKey.ACCOUNTANT)
    taken = AuditLine.objects.exclude(pk__in=[*before, given.pk]).get()

    assert (given.deed, given.after["role"]) == (Deed.GRANTED, "Accountant")
    assert (taken.deed, taken.before["role"]) == (Deed.WITHDRAWN, "Accountant")
    with reading_as(language="en"):
        told = [Teller(dan).tell(line).replace("\u2068", "").replace("\u2069", "") for line in (given, taken)]
    assert told == [
        "The help desk itself gave Dan the role Accountant: Support",
        "The help desk itself took from Dan the role Accountant: Support",
    ]
