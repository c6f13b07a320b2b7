"""The pages: who comes in, what is said in words, why or why not, what it costs."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permissions.models import DepartmentUserObjectPermission
from permissions.rights import DepartmentRight, RoleKey, StatusRight, StoreRight
from permissions.services import grant, grant_role
from statuses.models import Status, StatusKind
from tests.control.rights.conftest import address, hidden, words
from tests.make import make_department, make_person, make_staff, make_store, make_ticket
from tickets.models import Ticket


@pytest.fixture
def root(store):
    return make_person("Root Admin", is_staff=True, is_superuser=True)


def test_only_who_may_grant_comes_in(browser_of, as_olga, alice, kasia, dan, store):
    grant(alice, StoreRight.CHANGE_SETTINGS, store)
    for url in ("/control/rights/", address(dan)):
        assert as_olga.get(url).status_code == 200
        for person in (alice, kasia.user):
            assert browser_of(person).get(url).status_code == 404
    assert browser_of(alice).post(address(dan, "saving"), {}).status_code == 404
    assert as_olga.get(address(kasia.user)).status_code == 404


def test_the_list_says_who_has_no_access_yet_and_finds_by_name(as_olga, dan, alice, support):
    assert "Dan Mazur No access yet" in spaced(as_olga.get("/control/rights/"))
    assert "Alice Warren No access yet" not in spaced(as_olga.get("/control/rights/"))

    found = as_olga.get("/control/rights/", {"q": "MAZUR"})
    assert [row.who for row in found.context["people"]] == [dan]
    assert "Nobody has a name like this." in words(as_olga.get("/control/rights/", {"q": "<b>zz"}))


def test_access_in_a_foreign_store_is_not_told(as_olga, dan):
    grant_role(dan, make_department("Hidden branch", store=make_store()), RoleKey.OBSERVER)

    assert "Dan Mazur No access yet" in spaced(as_olga.get("/control/rights/"))


def spaced(response):
    response.content = response.content.replace(b"<", b" <")
    return words(response)


def test_the_sentences_tell_departments_statuses_and_rights(as_olga, dan, support):
    page = as_olga.get(address(dan))
    assert "Dan Mazur has no access yet" in words(page)

    grant(dan, DepartmentRight.VIEW, support)
    assert "given, but without any status" in words(as_olga.get(address(dan)))

    status = support.workflow.statuses.first()
    grant(dan, StatusRight.VIEW, status)
    grant(dan, DepartmentRight.REPLY, support)
    said = words(as_olga.get(address(dan)))
    assert f"Dan Mazur sees the tickets of Support in the status {status}." in said
    assert "In Support also: answer." in said
    assert "Names and addresses of customers stay hidden." in said


def test_every_box_and_the_end_are_sent_with_the_one_form(as_olga, dan, support):
    page = as_olga.get(address(dan)).content.decode()

    fields = re.findall(r"<input [^>]*name=\"(?:right|until)\"[^>]*>", page)
    assert len([field for field in fields if 'form="boxes"' in field]) == len(fields) - 1  # the role has an end of its own
    assert 'id="id_boxes_until"' in "".join(field for field in fields if 'form="boxes"' in field)


def test_names_are_shown_as_text(as_olga, dan, store):
    team = Group.objects.create(name="<img src=x>")
    dan.groups.add(team)
    evil = make_department("<script>alert(1)</script> %(who)s", store=store)
    grant_role(team, evil, RoleKey.OBSERVER)

    page = as_olga.get(address(dan)).content.decode()

    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; %(who)s" in page


def test_why_tells_what_is_missing_and_where_to_give_it(as_olga, olga, dan, support):
    ticket = make_ticket("A very private matter", department=support)
    page = as_olga.get(address(dan), {"why": f" #{ticket.number} ", "question": "reply"})

    said = words(page)
    assert "Dan Mazur may not answer this ticket." in said
    assert "The department Support is not given to Dan Mazur, nor to a team of theirs." in said
    assert f'href="#row-department-{support.pk}"' in page.content.decode()
    assert "private matter" not in said and ticket.customer.name not in said

    grant_role(olga, support, RoleKey.OBSERVER)
    assert "A very private matter" in words(as_olga.get(address(dan), {"why": ticket.number, "question": "view"}))


def test_why_knows_nothing_of_foreign_tickets_and_refuses_nonsense(as_olga, dan):
    foreign = make_ticket(department=make_department("Hidden branch", store=make_store()))
    for number in (foreign.number, "0", "x" * 50, ""):
        page = as_olga.get(address(dan), {"why": number, "question": "view"})
        assert page.status_code == 200 and page.context["question"].errors and "Hidden branch" not in words(page)
    page = as_olga.get(address(dan), {"why": foreign.number, "question": "everything"})
    assert page.context["question"].errors["question"]


def test_a_fresh_superuser_finds_the_way(browser_of, root, support):
    ticket = make_ticket(department=support)
    browser = browser_of(root)
    assert "not even a superuser" in words(browser.get("/desk/"))
    assert 'href="/control/rights/"' in browser.get("/desk/").content.decode()

    page = browser.get("/control/rights/")
    assert "Give yourself the role Owner" in words(page)
    sent = {"role": page.context["owner"].pk, "department": page.context["all_departments"]}
    review = browser.post(page.context["role_review_url"], sent)
    assert "Root Admin sees 0 now and 1 afterwards" in words(review)
    assert not Ticket.objects.visible_to(root).exists()

    browser.post(address(root, "role_saving"), hidden(review))
    assert list(Ticket.objects.visible_to(root)) == [ticket]
    assert "What to do first" not in words(browser.get("/control/rights/"))


def test_the_rail_shows_what_one_may_open(browser_of, as_olga, olga, root, store):
    granter, superuser = as_olga.get("/control/rights/").content.decode(), browser_of(root).get("/control/rights/").content.decode()
    for page in (granter, superuser):
        assert 'href="/control/rights/"' in page and 'href="/control/faq/"' not in page

    grant(olga, StoreRight.CHANGE_SETTINGS, store)
    assert 'href="/control/faq/"' in as_olga.get("/control/rights/").content.decode()
    assert 'href="/control/rights/"' in as_olga.get("/control/").content.decode()


def test_the_page_costs_the_same_for_few_and_for_many(as_olga, dan, store, support):
    def cost():
        as_olga.get(address(dan))
        with CaptureQueriesContext(connection) as queries:
            as_olga.get(address(dan))
        return len(queries)

    team = Group.objects.create(name="Accounting")
    dan.groups.add(team)
    for who in (dan, team):
        grant_role(who, support, RoleKey.SENIOR)
    few = cost()

    departments = [make_department(f"Department {number}", store=store, workflow=support.workflow) for number in range(8)]
    Status.objects.bulk_create(
        Status(workflow=support.workflow, name=f"Status {n}", kind=StatusKind.OPEN, position=9 + n) for n in range(25)
    )
    staff = [make_staff(f"Person {number}", sees_customers=False) for number in range(10)]
    rights = Permission.objects.filter(codename__in=DepartmentRight.values)
    DepartmentUserObjectPermission.objects.bulk_create(
        DepartmentUserObjectPermission(user=person, content_object=department, permission=right)
        for person in (dan, *staff)
        for department in departments
        for right in rights
    )
    grant_role(team, departments[0], RoleKey.OWNER)

    assert DepartmentUserObjectPermission.objects.count() > 800
    assert cost() == few
    assert few <= 28
