"""Whom somebody who gives rights may manage, and what happens to tickets of those who go."""

import pytest
from django.contrib.auth.models import Group

from common.errors import Conflict
from permissions.errors import HoldsRightsElsewhere, LastGranter, NotOneself, OnlySuperusers
from permissions.managing import guard_person, may_change_roles, may_manage_team
from permissions.people import add_colleague, end_access
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant, grant_role
from tests.make import fresh, make_customer, make_department, make_person, make_staff, make_store, make_ticket
from tickets.services.handing_over import hand_over, open_tickets_of, people_who_see_all
from tickets.services.lifecycle import assign_ticket, close_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def repairs(support):
    return make_department("Repairs", store=make_store())


@pytest.fixture
def olga(support):
    return make_staff("Olga", support, role=RoleKey.OWNER)


def refusal(user, person):
    try:
        guard_person(user, person)
    except Exception as error:
        return type(error)


def test_whom_an_owner_may_manage(olga, support, repairs):
    alice, elsewhere = make_staff("Alice", support), make_staff("Bob", repairs)
    root = make_person("Root", is_staff=True, is_superuser=True)

    assert refusal(olga, alice) is None
    assert refusal(olga, olga) is NotOneself
    assert refusal(olga, root) is OnlySuperusers
    assert refusal(olga, elsewhere) is HoldsRightsElsewhere
    assert [refusal(root, person) for person in (alice, elsewhere, olga)] == [None] * 3
    assert (
        refusal(alice, elsewhere) is HoldsRightsElsewhere
        and refusal(alice, make_staff("Nobody", sees_customers=False)) is HoldsRightsElsewhere
    )


def test_a_department_of_two_stores_is_wholly_nobodys_who_owns_one(olga, support, repairs):
    shared = make_department("Shared")
    shared.stores.add(repairs.stores.get())
    kim, team = make_staff("Kim", shared, sees_customers=False), Group.objects.create(name="Bench")
    grant_role(team, shared, RoleKey.OBSERVER)

    assert refusal(olga, kim) is HoldsRightsElsewhere
    assert not may_manage_team(olga, team)


def test_roles_are_changed_by_who_gives_rights_everywhere(olga, support, repairs):
    assert not may_change_roles(olga)

    grant(olga, StoreRight.GRANT_RIGHTS, repairs.stores.get())
    assert may_change_roles(olga)
    assert not may_change_roles(make_staff("Alice", support))


def test_of_two_who_end_each_other_one_stays(olga, support):
    second = make_staff("Second", support, role=RoleKey.OWNER)
    end_access(second, by=olga)

    with pytest.raises(Conflict):  # second pressed the button a moment later; olga's word came first
        end_access(olga, by=second)
    assert fresh(olga).is_active


def test_the_last_granter_of_a_store_is_kept_though_another_store_has_one(olga, repairs):
    grant(make_staff("Other", repairs), StoreRight.GRANT_RIGHTS, repairs.stores.get())
    root = make_person("Root", is_staff=True, is_superuser=True)

    with pytest.raises(LastGranter):
        end_access(olga, by=root)
    assert fresh(olga).is_active


def test_a_promoted_customer_keeps_their_requests_and_their_one_account(olga, support):
    kasia = make_customer("Kasia")
    ticket = make_ticket(department=support, customer=kasia)

    person, had_account = add_colleague(name="K.", email=kasia.email, by=olga)

    assert (person, had_account) == (kasia.user, True)
    assert fresh(ticket).customer.user == person


def test_tickets_of_who_goes_are_offered_to_those_who_see_all_of_them(olga, support):
    sales = make_department("Sales")
    dan, alice, both = make_staff("Dan", support, sales), make_staff("Alice", support), make_staff("Both", support, sales)
    tickets = [assign_ticket(make_ticket(department=place), to=dan) for place in (support, sales)]
    done = close_ticket(assign_ticket(make_ticket(department=support), to=dan))

    assert list(people_who_see_all(open_tickets_of(dan))) == [both, dan]
    assert alice in people_who_see_all(open_tickets_of(dan).filter(department=support))
    assert hand_over(open_tickets_of(dan), to=both, by=olga) == 2
    assert {fresh(ticket).assignee for ticket in tickets} == {both}
    assert fresh(done).assignee == dan
    assert [event.actor for event in tickets[0].events.filter(kind="assigned").order_by("pk")][-1] == olga
