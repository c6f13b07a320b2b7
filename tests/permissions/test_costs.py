"""What rights cost: the same number of queries for few rights and for many, for one person and for fifty. Times: scripts/measure_rights.py."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backoffice.counts import counts_of, desk_facts
from permissions.models import ROWS
from permissions.querysets import people_who_may_see
from permissions.rights import RIGHTS_ON, DepartmentRight, RoleKey, StatusRight
from permissions.services import grant
from permissions.sight import Sight
from tests.make import make_department, make_person, make_staff, make_store, make_ticket
from tickets.access import QUESTIONS, TicketAccess
from tickets.audience import people_who_see, teams_who_see
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
BUDGETS = {"/desk/?view=open": 10, "/desk/?q=rattles": 10, "the ticket": 15}


@pytest.fixture
def few(store, ticket):
    """One department, one status."""
    person = make_staff("Dan", sees_customers=False)
    grant(person, DepartmentRight.VIEW, ticket.department)
    grant(person, StatusRight.VIEW, ticket.status)
    return person


@pytest.fixture
def everything(ticket):
    return make_staff("Olga", ticket.department, role=RoleKey.OWNER)


@pytest.fixture
def store():
    return make_store()


@pytest.fixture
def ticket(store):
    return make_ticket(department=make_department("Support", store=store))


def give_to_many(store, person, count):
    """Rows for `person`, for their teams and for strangers, in departments of their own, in bulk."""
    permissions = {permission.codename: permission for permission in Permission.objects.all()}
    teams = [Group.objects.create(name=f"Team {count} {number}") for number in range(3)]
    person.groups.add(*teams)
    others = [make_person(f"Other{count}{number}", is_staff=True) for number in range(3)]
    for number in range(count):
        department = make_department(f"Department {count} {number}", store=store)
        places = {"department": department, "workflow": department.workflow, "status": department.workflow.first_status()}
        for kind, place in places.items():
            to_person, to_team = ROWS[kind]
            for code in RIGHTS_ON[kind].values:
                row = {"permission": permissions[code], "content_object": place}
                to_person.objects.bulk_create(to_person(user=who, **row) for who in (person, *others))
                to_team.objects.bulk_create(to_team(group=team, **row) for team in teams)


def cost(ask):
    ask()  # what is kept for all pages, and marks of reading, are there
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def costs(person, ticket):
    browser = Client()
    browser.force_login(person)
    asked = {address: lambda address=address: browser.get(address) for address in BUDGETS if address.startswith("/")}
    asked["the ticket"] = lambda: browser.get(f"/desk/tickets/{ticket.number}/")
    asked["sight"] = lambda: Sight.of(person)
    asked["the frame"] = lambda: desk_facts(Sight.of(person))
    asked["counters"] = lambda: counts_of(Sight.of(person))
    asked["seeing by sight"] = lambda: list(Ticket.objects.visible_to(Sight.of(person)))
    asked["seeing"] = lambda: list(Ticket.objects.visible_to(person))
    asked["who sees it"] = lambda: list(people_who_see(ticket))
    asked["which teams"] = lambda: list(teams_who_see(ticket))
    asked["who may"] = lambda: list(people_who_may_see(ticket.department, ticket.status))
    asked["every question"] = lambda: _ask_everything(TicketAccess(person, ticket))
    return {name: cost(ask) for name, ask in asked.items()}


def _ask_everything(access):
    for question in QUESTIONS:
        access.decide(question)


@pytest.mark.parametrize("who", ["few", "everything"])
def test_nothing_costs_more_with_more_rights(store, ticket, who, request):
    person = request.getfixturevalue(who)
    ticket = Ticket.objects.for_page().get(pk=ticket.pk)
    give_to_many(store, person, 1)
    before = costs(person, ticket)

    give_to_many(store, person, 6)

    assert costs(person, ticket) == before
    assert {name: before[name] for name, most in BUDGETS.items() if before[name] > most} == {}
    assert {before[name] for name in ("sight", "seeing", "who sees it", "which teams", "who may")} == {1}
    assert before["the frame"] == 2  # with the mark of the settings, which a page has read already
    assert (before["counters"], before["seeing by sight"]) == (3, 2)
    # What is held; and whether the ticket was shared, where something is missing.
    assert before["every question"] == {"few": 2, "everything": 1}[who]
