"""Teams are made, named, staffed and deleted in pages; whoever comes in gets what the team holds."""

import pytest
from django.contrib.auth.models import Group

from audit.choices import Deed
from audit.models import AuditLine
from permissions.querysets import departments_where
from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.services import grant, grant_role, withdraw, withdraw_role
from permissions.teams import make_team, staff_team
from tests.make import fresh, make_customer, make_staff, make_ticket
from tickets.services.lifecycle import assign_ticket

TEAMS = "/control/teams/"


@pytest.fixture
def team(owner, dan):
    found = make_team("Night shift", by=owner)
    staff_team(found, [dan], by=owner)
    return found


def save(browser, team, *members, name="Night shift"):
    return browser.post(f"{TEAMS}{team.pk}/", {"name": name, "members": [person.pk for person in members]})


def test_a_team_is_made_with_members_and_its_rights_reach_them(as_owner, dan, alice, sales):
    as_owner.post(f"{TEAMS}new/", {"name": "Bench", "members": [dan.pk, alice.pk]})

    team = Group.objects.get(name="Bench")
    assert set(team.user_set.all()) == {dan, alice}
    grant_role(team, sales, RoleKey.OBSERVER)
    assert sales in departments_where(dan, DepartmentRight.VIEW)


def test_members_come_and_go_and_the_audit_log_keeps_before_and_after(as_owner, owner, team, dan, alice):
    assert save(as_owner, team, alice).status_code == 302

    assert list(team.user_set.all()) == [alice]
    line = AuditLine.objects.filter(deed=Deed.TEAM_CHANGED).latest("pk")
    assert line.actor == owner
    assert (line.before["members"], line.after["members"]) == (
        [{"id": dan.pk, "name": "Dan Mazur"}],
        [{"id": alice.pk, "name": "Alice Warren"}],
    )


@pytest.mark.parametrize(("there", "typed"), [("Night shift", "NIGHT SHIFT"), ("Ночная смена", "НОЧНАЯ СМЕНА")])
def test_two_teams_never_share_a_name_whatever_its_case(as_owner, owner, there, typed):
    make_team(there, by=owner)

    answer = as_owner.post(f"{TEAMS}new/", {"name": typed})

    assert answer.status_code == 422 and typed in answer.content.decode()
    assert Group.objects.count() == 1


def test_customers_and_the_ended_never_come_in(as_owner, team, dan):
    kasia, gone = make_customer("Kasia"), make_staff("Gone", is_active=False)

    assert save(as_owner, team, dan, kasia.user).status_code == 422
    assert save(as_owner, team, dan, gone).status_code == 422
    assert list(team.user_set.all()) == [dan]


def test_who_has_no_access_at_present_stays_a_member(as_owner, team, dan, alice):
    type(dan).objects.filter(pk=dan.pk).update(is_active=False)

    save(as_owner, team, alice)

    assert set(team.user_set.all()) == {dan, alice}


def test_nobody_puts_themself_into_a_team_that_holds_rights_in_another_store(as_owner, owner, team, repairs):
    grant_role(team, repairs, RoleKey.SUPPORTER)

    assert as_owner.get(f"{TEAMS}{team.pk}/").status_code == 200
    assert save(as_owner, team, owner).status_code == 403
    assert as_owner.post(f"{TEAMS}{team.pk}/removal/").status_code == 403
    assert owner not in team.user_set.all()
    assert not departments_where(owner, DepartmentRight.VIEW).filter(pk=repairs.pk).exists()


def test_a_team_without_rights_belongs_where_its_members_do(as_owner, owner, team, dan, repairs):
    grant_role(dan, repairs, RoleKey.SUPPORTER)

    assert save(as_owner, team, owner, name="Taken over").status_code == 403
    assert fresh(team).name == "Night shift"
    withdraw_role(dan, repairs, RoleKey.SUPPORTER)
    assert save(as_owner, team, owner, name="Day shift").status_code == 302


def test_nor_into_one_that_gives_statuses_which_another_store_shares(as_owner, owner, team, repairs):
    grant(team, "view_all_statuses", repairs.workflow)

    assert save(as_owner, team, owner).status_code == 403


def test_the_last_who_gives_rights_cannot_leave_by_the_team(browser_of, root, owner, team, store):
    grant(team, StoreRight.GRANT_RIGHTS, store)
    withdraw(owner, StoreRight.GRANT_RIGHTS, store)
    browser = browser_of(root)

    answer = save(browser, team, name="Renamed")
    assert answer.status_code == 422 and "Nobody would be left" in answer.content.decode()
    assert fresh(team).name == "Night shift"  # nothing of it was done

    answer = browser.post(f"{TEAMS}{team.pk}/removal/")
    assert answer.status_code == 409 and "Nobody would be left" in answer.content.decode()
    assert Group.objects.filter(pk=team.pk).exists()


def test_deleting_says_what_it_costs_and_gives_the_tickets_back(as_owner, team, dan, support):
    grant_role(team, support, RoleKey.SUPPORTER)
    ticket = assign_ticket(make_ticket(department=support), to=team)

    page = as_owner.get(f"{TEAMS}{team.pk}/removal/").content.decode()
    assert "1 member loses what the team may do" in page and "Dan Mazur" in page and "1 open ticket goes back to nobody" in page

    as_owner.post(f"{TEAMS}{team.pk}/removal/")
    assert not Group.objects.filter(pk=team.pk).exists()
    assert fresh(ticket).team is None
    assert ticket.events.latest("pk").details["before_team"] == team.pk
    line = AuditLine.objects.filter(deed=Deed.TEAM_CHANGED).latest("pk")
    assert (
        line.after == {"deleted": True}
        and {"right": "view_tickets", "on": "department", "id": support.pk, "name": "Support"} in line.before["rights"]
    )


def test_a_team_that_has_tickets_of_another_store_is_not_deleted_from_here(as_owner, team, repairs):
    """It holds no rights of its own, so nothing else says whose it is."""
    bob = make_staff("Bob Reed", repairs)
    team.user_set.add(bob)
    ticket = make_ticket(department=repairs, store=repairs.stores.get())
    assign_ticket(ticket, to=team)

    assert as_owner.get(f"{TEAMS}{team.pk}/removal/").status_code == 403
    assert as_owner.post(f"{TEAMS}{team.pk}/removal/").status_code == 403
    assert fresh(ticket).team == team
