"""Whoever may not see a ticket gets nothing at any of its addresses, by any method, and by no detour through what is theirs."""

import json
import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse

from common.uploads import CheckedFile
from notifications.models import Delivery
from permissions.rights import DepartmentRight, RoleKey
from permissions.services import grant
from tests.make import fresh, make_customer, make_department, make_staff, make_store, make_ticket
from tests.walk.table import addresses_of
from tickets.models import Message, ReplyTemplate, Ticket
from tickets.services.sharing import share_ticket
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db
METHODS = ["get", "head", "options", "post", "put", "patch", "delete"]
FORM = {
    "text": "It is mine now.",
    "mode": "reply",
    "status": "1",
    "priority": "4",
    "assignee": "me",
    "department": "1",
    "reason": "Just because.",
    "into": "1",
    "number": "1",
}


def addresses_of_ticket(ticket):
    """Every address of the desk and of the portal that takes the number of a ticket, whatever else it takes."""
    others = {"pk": ticket.messages.first().pk}
    for name in addresses_of():
        for arguments in ({"number": ticket.number}, {"number": ticket.number, **others}):
            try:
                yield reverse(name, kwargs=arguments)
            except NoReverseMatch:  # an address with other arguments
                continue


def state_of(ticket):
    return (
        Ticket.objects.filter(pk=ticket.pk).values().get(),
        ticket.messages.count(),
        ticket.events.count(),
        Delivery.objects.count(),
        ticket.shares.count(),
    )


@pytest.mark.parametrize("who", ["customer", "staff"])
def test_no_address_of_a_foreign_ticket_answers_by_any_method(support, sales, alice, browser_of, who):
    ticket = make_ticket(department=sales)
    browser = browser_of(make_customer("Nour").user if who == "customer" else alice)
    before = state_of(ticket)
    addresses = list(addresses_of_ticket(ticket))
    assert len(addresses) >= 16

    answers = {
        (method, address, kind): getattr(browser, method)(address, *data).status_code
        for address in addresses
        for method in METHODS
        for kind, data in (("form", [FORM]), ("JSON", [json.dumps(FORM), "application/json"]))
        if kind == "form" and method in {"get", "head", "post"} or kind == "JSON" and method not in {"get", "head"}
    }

    assert {what: status for what, status in answers.items() if status not in {404, 405}} == {}
    assert state_of(ticket) == before


def test_a_foreign_ticket_and_one_that_never_was_answer_alike(support, sales, alice, browser_of):
    ticket, browser = make_ticket(department=sales), browser_of(alice)
    known, unknown = (browser.get(f"/desk/tickets/{number}/") for number in (ticket.number, "000000"))

    assert (known.status_code, unknown.status_code) == (404, 404)
    assert ticket.subject not in known.text
    assert _without_chance(known, ticket.number) == _without_chance(unknown, "000000")


def _without_chance(response, number):
    """The page without what differs at every look: its reference, the tokens of its forms, the number asked for."""
    text = re.sub(r'value="\w{64}"', "", response.text)
    return text.replace(response.headers["X-Request-Id"], "").replace(number, "")


@pytest.mark.parametrize("by", ["number", "subject", "words", "name", "mail"])
def test_a_foreign_ticket_is_not_found_by_any_word(support, sales, alice, browser_of, by):
    ticket = make_ticket("Zebra stripes", department=sales, customer=make_customer("Quentin"), text="An aardvark ate it.")
    make_ticket(department=support)
    words = {
        "number": ticket.number,
        "subject": "zebra",
        "words": "aardvark",
        "name": "quentin",
        "mail": ticket.customer.email,
    }[by]
    browser = browser_of(alice)

    for address in ("/desk/", "/desk/tickets/"):
        for query in (words, f"#{words}", f"{words} ", words.upper()):
            page = browser.get(address, {"q": query, "view": "all"})
            assert page.context["page"].rows == []
            assert "Zebra" not in page.text


def test_moving_a_ticket_away_and_asking_for_it_back_gives_nobody_a_way_in(support, sales, alice, browser_of):
    ticket, browser = make_ticket(department=support), browser_of(alice)
    page = f"/desk/tickets/{ticket.number}/"
    assert browser.post(f"{page}department/", {"department": sales.pk}).url == "/desk/"
    assert fresh(ticket).department == sales

    before = state_of(ticket)
    assert browser.post(f"{page}department/", {"department": support.pk}).status_code == 404
    for deed in ("take", "close", "read"):
        browser.post("/desk/tickets/chosen/", {"deed": deed, "ticket": [ticket.number]})
    assert state_of(ticket) == before
    assert not ticket.read_marks.filter(user=alice).exists()


def test_a_prepared_answer_of_another_department_is_not_read_through_ones_own_ticket(support, sales, alice, browser_of):
    answer = ReplyTemplate.objects.create(title="Secret", text="Our purchase price is low.", department=sales)
    ticket, browser = make_ticket(department=support), browser_of(alice)

    for address in (f"/desk/tickets/{ticket.number}/?answer={answer.pk}", f"/desk/tickets/{ticket.number}/answers/"):
        assert "purchase price" not in browser.get(address).text


def test_a_status_of_another_workflow_is_not_moved_to(support, sales, alice, browser_of):
    ticket, browser = make_ticket(department=support), browser_of(alice)
    foreign = sales.workflow.statuses.get(kind="closed")
    before = fresh(ticket).status_id

    assert browser.post(f"/desk/tickets/{ticket.number}/status/", {"status": foreign.pk}).status_code == 422
    assert browser.post(f"/desk/tickets/{ticket.number}/replies/", {"text": "Hi", "then": foreign.pk}).status_code == 422
    assert fresh(ticket).status_id == before


def test_a_ticket_is_not_given_to_people_or_teams_who_may_not_see_it(support, sales, alice, bob, browser_of):
    ticket, browser, team = make_ticket(department=support), browser_of(alice), Group.objects.create(name="Sellers")
    bob.groups.add(team)
    gone = make_staff("Gone", support, is_active=False)

    for whom in (bob.pk, gone.pk, f"team-{team.pk}", f"team:{team.pk}", f"t{team.pk}", ticket.customer.user_id):
        assert browser.post(f"/desk/tickets/{ticket.number}/assignment/", {"assignee": whom}).status_code == 422
        browser.post(f"/desk/tickets/{ticket.number}/assignment/", {"team": team.pk})
    assert (fresh(ticket).assignee_id, fresh(ticket).team_id) == (None, None)


def test_a_share_opens_one_ticket_and_nothing_beside_it(support, sales, bob, browser_of, settings, tmp_path):
    """Not the department, not the customer's other tickets, not a deed; and it ends when it is taken back."""
    customer = make_customer("Kasia")
    shared, other = (make_ticket(subject, department=support, customer=customer) for subject in ("Shared", "Neighbour"))
    file = attach(other.messages.get(), CheckedFile(name="a.txt", content_type="text/plain", size=1, content=ContentFile(b"a")))
    share_ticket(shared, user=bob, right="see", by=make_staff("Olga", support, role=RoleKey.OWNER))
    browser = browser_of(bob)

    page = browser.get(f"/desk/tickets/{shared.number}/")
    assert page.status_code == 200
    assert other.number not in page.text
    assert browser.get(f"/desk/tickets/{other.number}/").status_code == 404
    assert browser.get(f"/files/{file.pk}/a.txt").status_code == 404
    assert browser.get(f"/desk/?department={support.pk}&view=all").context["page"].rows == [shared]
    for deed in ("replies", "notes", "assignment", "department", "status", "priority", "closure", "reopening"):
        assert browser.post(f"/desk/tickets/{shared.number}/{deed}/", FORM).status_code == 403
    assert Message.objects.filter(ticket=shared).count() == 1

    shared.shares.get().delete()
    assert browser.get(f"/desk/tickets/{shared.number}/").status_code == 404


def test_rights_in_one_store_show_nothing_of_another(store, browser_of):
    """The very same role in the other store, and a department of the other store with the same workflow."""
    here = make_department("Here", store=store)
    there = make_department("There", store=make_store(), workflow=here.workflow)
    olga = make_staff("Olga", here, role=RoleKey.OWNER)
    ticket = make_ticket(department=there, store=there.stores.get(), customer=make_customer("Far Away"))
    browser = browser_of(olga)

    assert browser.get(f"/desk/tickets/{ticket.number}/").status_code == 404
    assert browser.get(f"/desk/customers/{ticket.customer_id}/").status_code == 404
    assert "Far Away" not in browser.get("/desk/customers/").text
    assert browser.get("/desk/?view=all&q=rattles").context["page"].rows == []


def test_a_ticket_for_a_customer_is_not_opened_where_one_may_not(support, sales, alice, browser_of):
    kasia, browser = make_ticket(department=support).customer, browser_of(alice)
    form = {"department": sales.pk, "subject": "Hello", "text": "Hello there.", "priority": 2}

    assert browser.post(f"/desk/tickets/new/?customer={kasia.pk}", form).status_code == 422
    assert not Ticket.objects.filter(department=sales).exists()


def test_a_right_in_the_department_without_the_status_opens_no_deed(support, browser_of):
    """Every right on the department but no status: the ticket does not exist."""
    ticket, dan = make_ticket(department=support), make_staff("Dan")
    for right in DepartmentRight:
        grant(dan, right, support)
    browser = browser_of(dan)

    for deed in ("replies", "notes", "assignment", "department", "status", "priority", "closure", "reopening"):
        assert browser.post(f"/desk/tickets/{ticket.number}/{deed}/", FORM).status_code == 404
    assert ticket.messages.count() == 1
