"""Colleagues come, go and come back."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services import proven_addresses
from audit.choices import Deed
from audit.models import AuditLine
from notifications.models import Delivery
from permissions.models import ROWS
from permissions.querysets import may_hold_rights
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant, grant_role
from permissions.teams import make_team, staff_team
from tests.make import fresh, make_customer, make_person, make_staff, make_ticket
from tickets.services.lifecycle import assign_ticket

PEOPLE = "/control/people/"


def add(browser, **typed):
    return browser.post(f"{PEOPLE}new/", {"name": "Kim Okafor", "email": "", "phone": "", "language": "en", **typed})


def end(browser, person, **typed):
    return browser.post(f"{PEOPLE}{person.pk}/access/", {"deed": "end", "tickets": "nobody", **typed})


@pytest.mark.parametrize(
    "address", [PEOPLE, f"{PEOPLE}new/", "/control/teams/", "/control/teams/new/", "/control/roles/", "/control/roles/new/"]
)
def test_only_those_who_give_rights_find_these_pages(browser_of, as_owner, olga, alice, kasia, root, address):
    assert as_owner.get(address).status_code == 200
    assert browser_of(root).get(address).status_code == 200
    for person in (olga, alice, kasia.user):
        assert browser_of(person).get(address).status_code == 404
        assert browser_of(person).post(address, {"name": "Kim"}).status_code == 404


def test_a_new_colleague_sees_nothing_has_no_password_and_is_told(as_owner, owner):
    answer = add(as_owner, email="Kim@Shop.example")

    kim = get_user_model().objects.get(email="kim@shop.example")
    assert answer.headers["Location"] == f"{PEOPLE}{kim.pk}/"
    assert (kim.is_staff, kim.is_superuser, kim.has_usable_password()) == (True, False, False)
    assert not any(rows.objects.filter(user=kim).exists() for rows, _teams in ROWS.values())
    told = Delivery.objects.get(address="kim@shop.example")
    assert (told.template, told.channel) == ("invited", "mail")
    line = AuditLine.objects.get(deed=Deed.PERSON_CHANGED)
    assert (line.actor, line.subject_id, line.before, line.after) == (
        owner,
        str(kim.pk),
        {"staff": False},
        {"staff": True, "had_account": False},
    )
    assert "No access yet" in as_owner.get(PEOPLE).content.decode()


def test_a_mistyped_address_brings_no_strangers_requests(as_owner):
    """Adding proves nothing: what a visitor wrote from there stays theirs until somebody reads the code at that address."""
    make_customer("Stranger", account=False, email="kim@shop.example")
    add(as_owner, email="kim@shop.example", phone="+48601220299")
    kim = get_user_model().objects.get(email="kim@shop.example")

    assert proven_addresses(kim) == {}


def test_a_customer_becomes_a_colleague_in_the_same_account_and_signs_in_anew(browser_of, as_owner, kasia):
    here = browser_of(kasia.user)

    add(as_owner, name="Somebody else", email=kasia.user.email.upper())

    person = fresh(kasia.user)
    assert (person.is_staff, person.name, person.email) == (True, "Kasia Nowak", kasia.user.email)
    assert get_user_model().objects.filter(email__iexact=kasia.user.email).count() == 1
    assert here.get("/desk/").status_code == 302


def test_who_gives_rights_in_one_of_two_stores_makes_no_customer_a_colleague(as_owner, kasia, repairs):
    answer = add(as_owner, email=kasia.user.email)

    assert answer.status_code == 422
    assert "Only who gives rights in every store" in answer.content.decode()
    assert not fresh(kasia.user).is_staff


def test_two_addresses_of_two_people_make_nobody_a_colleague(as_owner, kasia):
    nour = make_customer("Nour", phone="+48601220298")

    answer = add(as_owner, email=kasia.user.email, phone="+48601220298")

    assert answer.status_code == 422
    assert "two different people" in answer.content.decode()
    assert not fresh(kasia.user).is_staff and not fresh(nour.user).is_staff


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_staff": True}, "a colleague already"),
        ({"is_staff": True, "is_active": False}, "access has ended"),
        ({"is_active": False}, "disabled"),
    ],
)
def test_who_cannot_be_added_is_said_beside_the_address(as_owner, fields, words):
    there = make_person("Kim", email="kim@shop.example", **fields)

    answer = add(as_owner, email="kim@shop.example")

    assert answer.status_code == 422 and words in answer.content.decode()
    assert (fresh(there).is_staff, fresh(there).is_active) == (fields.get("is_staff", False), fields.get("is_active", True))


def test_without_any_address_nothing_is_lost_but_nobody_is_added(as_owner):
    answer = add(as_owner, name="Kim Okafor")

    assert answer.status_code == 422 and "Kim Okafor" in answer.content.decode()
    assert not get_user_model().objects.filter(name="Kim Okafor").exists()


def test_ending_access_signs_out_keeps_the_rights_and_gives_tickets_back(browser_of, as_owner, dan, support):
    ticket = assign_ticket(make_ticket(department=support), to=dan)
    here = browser_of(dan)

    assert end(as_owner, dan).status_code == 302

    assert not fresh(dan).is_active
    assert here.get("/desk/").status_code == 302
    assert fresh(ticket).assignee is None
    line = AuditLine.objects.filter(deed=Deed.PERSON_CHANGED).latest("pk")
    assert (line.before, line.after) == ({"active": True}, {"active": False})

    as_owner.post(f"{PEOPLE}{dan.pk}/access/", {"deed": "give_back"})
    assert fresh(dan).is_active and may_hold_rights(fresh(dan))
    assert dan.departmentuserobjectpermission_set.exists()
    assert here.get("/desk/").status_code == 302  # the old session stays ended


def test_tickets_of_the_ended_go_to_whom_sees_them_or_stay(as_owner, owner, dan, alice, bob_of_sales, support):
    ticket = assign_ticket(make_ticket(department=support), to=dan)

    refused = end(as_owner, dan, tickets="another", assignee=bob_of_sales.pk)
    assert refused.status_code == 422 and fresh(dan).is_active

    end(as_owner, dan, tickets="another", assignee=alice.pk)
    assert fresh(ticket).assignee == alice

    end(as_owner, alice, tickets="leave")
    assert fresh(ticket).assignee == alice and not fresh(alice).is_active


@pytest.fixture
def bob_of_sales(sales):
    return make_staff("Bob Lindgren", sales)


def test_an_old_page_neither_ends_nor_gives_back_what_somebody_else_has_changed_meanwhile(as_owner, dan):
    as_owner.post(f"{PEOPLE}{dan.pk}/access/", {"deed": "give_back"})
    assert fresh(dan).is_active

    end(as_owner, dan)
    end(as_owner, dan)
    assert not fresh(dan).is_active


def test_nobody_ends_themself(as_owner, owner):
    assert end(as_owner, owner).status_code == 403
    assert fresh(owner).is_active


def test_a_mere_owner_does_not_end_who_keeps_the_installation(as_owner, browser_of, root):
    assert end(as_owner, root).status_code == 403
    assert fresh(root).is_active

    second = make_person("Second", is_staff=True, is_superuser=True)
    assert end(browser_of(root), second).status_code == 302
    assert not fresh(second).is_active


def test_the_last_who_gives_rights_for_good_cannot_be_ended(browser_of, root, owner):
    answer = end(browser_of(root), owner)

    assert answer.status_code == 422 and "Nobody would be left" in answer.content.decode()
    assert fresh(owner).is_active


def test_an_owner_of_one_store_does_not_end_who_holds_rights_in_another(as_owner, dan, repairs):
    grant_role(dan, repairs, RoleKey.OBSERVER)

    assert end(as_owner, dan).status_code == 403
    assert fresh(dan).is_active


def test_nor_gives_access_back_to_who_holds_rights_there_through_a_team(as_owner, repairs):
    gone = make_staff("Gone", sees_customers=False)
    team = make_team("Menders", by=gone)
    staff_team(team, [gone], by=gone)
    grant_role(team, repairs, RoleKey.OBSERVER)
    get_user_model().objects.filter(pk=gone.pk).update(is_active=False)

    assert as_owner.post(f"{PEOPLE}{gone.pk}/access/", {"deed": "give_back"}).status_code == 403
    assert not fresh(gone).is_active


def test_customers_are_nobody_here(as_owner, kasia):
    assert as_owner.get(f"{PEOPLE}{kasia.user.pk}/").status_code == 404
    assert end(as_owner, kasia.user).status_code == 404
    assert fresh(kasia.user).is_active


def test_the_list_costs_the_same_for_any_number_of_colleagues(as_owner, support):
    costs = []
    as_owner.get(PEOPLE)  # what is kept for all pages is there
    for more in (1, 5):
        for number in range(more):
            make_staff(f"Colleague {number}", support)
        with CaptureQueriesContext(connection) as queries:
            as_owner.get(PEOPLE)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 30


def test_a_second_owner_may_end_the_first(browser_of, owner, store):
    second = make_staff("Second Owner", sees_customers=False)
    grant(second, StoreRight.GRANT_RIGHTS, store)

    assert end(browser_of(second), owner).status_code == 302
    assert not fresh(owner).is_active


def test_who_gives_rights_in_one_store_reads_no_departments_of_the_other_one(as_owner, dan, repairs):
    grant_role(dan, repairs, RoleKey.SENIOR)
    bob = make_staff("Bob Reed", repairs)

    for page in (f"/control/people/{dan.pk}/", f"/control/people/{bob.pk}/", "/control/people/"):
        words = as_owner.get(page).content.decode()
        assert "Repairs" not in words and "Senior" not in words
    assert "Support" in as_owner.get(f"/control/people/{dan.pk}/").content.decode()
