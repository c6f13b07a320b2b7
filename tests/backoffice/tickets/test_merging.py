"""The pages that merge and unmerge, and every way they are refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Delivery
from permissions.rights import DepartmentRight, RoleKey
from permissions.services import grant_role, withdraw
from tests.make import fresh, make_customer, make_message, make_staff, make_ticket
from tickets.services.lifecycle import add_note, assign_ticket, close_ticket
from tickets.services.merging import merge_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def dan(support):
    """A senior, who may merge and delete."""
    return make_staff("Dan", support, role=RoleKey.SENIOR)


@pytest.fixture
def browser(desk_of, dan):
    return desk_of(dan)


@pytest.fixture
def other(support, kasia):
    return make_ticket("Grinder again", department=support, customer=kasia, text="You did not answer.")


def address(ticket, deed="merge"):
    return f"/desk/tickets/{ticket.number}/{deed}/"


def test_the_customers_other_tickets_are_offered_and_one_is_chosen(browser, ticket, other):
    page = browser.get(address(other)).content.decode()
    assert f'value="{ticket.number}"' in page and f'value="{other.number}"' not in page

    response = browser.post(address(other), {"into": ticket.number})

    assert response.url == f"/desk/tickets/{ticket.number}/#end"
    assert fresh(other).merged_into == ticket
    assert "You did not answer." in browser.get(response.url).content.decode()


def test_a_number_may_be_typed_in_any_digits(browser, ticket, other):
    persian = ticket.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    browser.post(address(other), {"number": f" #{persian} "})

    assert fresh(other).merged_into == ticket


def test_the_merged_ticket_leads_on_and_can_be_undone(browser, ticket, other, dan):
    merge_tickets(other, into=ticket, by=dan)
    page = browser.get(f"/desk/tickets/{other.number}/").content.decode()
    assert f'href="/desk/tickets/{ticket.number}/"' in page and 'id="composer"' not in page
    assert f"merged ticket \u2068{other.number}\u2069 into this one" in browser.get(f"/desk/tickets/{ticket.number}/").content.decode()

    assert browser.get(address(other, "unmerge")).status_code == 405
    browser.post(address(other, "unmerge"))

    assert fresh(other).merged_into is None
    assert other.messages.get().body_text == "You did not answer."
    assert browser.post(address(other, "unmerge")).status_code == 302


def test_a_failure_to_tell_the_customer_is_seen_where_the_message_is(browser, ticket, other, dan):
    make_message(other, "Send us a photo.", by=dan)
    Delivery.objects.filter(ticket=other, template="reply").update(state="failed", reason="bad_address")
    merge_tickets(other, into=ticket, by=dan)

    page = browser.get(f"/desk/tickets/{ticket.number}/").content.decode()

    assert "e-mail failed: address unknown" in page and f"/desk/tickets/{ticket.number}/deliveries/" in page


def test_merges_and_mentions_cost_the_same_however_many(browser, support, kasia, dan):
    costs = []
    for many in (1, 4):
        into = make_ticket(department=support, customer=kasia)
        for number in range(many):
            colleague = make_staff(f"Colleague {number}", support)
            merge_tickets(make_ticket(department=support, customer=kasia), into=into, by=dan)
            add_note(into, text="Look.", by=dan, mention=[colleague])
        browser.get(f"/desk/tickets/{into.number}/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/desk/tickets/{into.number}/")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 18


@pytest.mark.parametrize("typed", ["", "   ", "no number", "\x00", "9" * 5000, "../1"])
def test_what_is_no_ticket_is_refused_beside_the_field(browser, other, typed):
    response = browser.post(address(other), {"number": typed})

    assert response.status_code in {404, 422}
    assert 'id="id_number_error"' in response.content.decode() or "field-error" in response.content.decode()
    assert fresh(other).merged_into is None


def test_tickets_of_two_customers_stay_apart(browser, support, other):
    nours = make_ticket(department=support, customer=make_customer("Nour"))

    response = browser.post(address(other), {"number": nours.number})

    assert response.status_code == 422
    assert "belong to different customers" in response.content.decode()


def test_an_open_ticket_is_not_hidden_in_a_closed_one(browser, ticket, other, dan):
    close_ticket(ticket, by=dan)
    assert f'value="{ticket.number}"' not in browser.get(address(other)).content.decode()

    assert browser.post(address(other), {"number": ticket.number}).status_code == 422


def test_a_ticket_one_does_not_see_or_may_not_merge_is_like_one_that_is_not_there(browser, sales, kasia, other, dan):
    hidden = make_ticket("Discount", department=sales, customer=kasia)
    unseen = browser.post(address(other), {"number": hidden.number})
    missing = browser.post(address(other), {"number": "1" + hidden.number})
    grant_role(dan, sales, RoleKey.SUPPORTER)
    forbidden = browser.post(address(other), {"number": hidden.number})

    assert [answer.status_code for answer in (unseen, missing, forbidden)] == [404, 404, 404]
    words = "There is no ticket with this number"
    assert [words in answer.content.decode() for answer in (unseen, missing, forbidden)] == [True, True, True]
    assert (fresh(other).merged_into, hidden.messages.count()) == (None, 1)
    assert "Discount" not in browser.get(address(other)).content.decode()


def test_undoing_needs_the_other_side_too(browser, sales, kasia, other, dan, support):
    grant_role(dan, sales, RoleKey.SENIOR)
    target = make_ticket("Discount", department=sales, customer=kasia)
    merge_tickets(other, into=target, by=dan)
    withdraw(dan, DepartmentRight.MERGE, sales)
    assert browser.post(address(other, "unmerge")).status_code == 404
    withdraw(dan, DepartmentRight.VIEW, sales)

    page = browser.get(f"/desk/tickets/{other.number}/").content.decode()

    assert browser.post(address(other, "unmerge")).status_code == 404
    assert fresh(other).merged_into == target
    assert target.number not in page and "merged this ticket into another one" in page


def test_who_may_not_merge_is_refused(desk, ticket, other, desk_of, sales):
    assert desk.get(address(other)).status_code == 403
    assert desk.post(address(other), {"into": ticket.number}).status_code == 403
    assert "/merge/" not in desk.get(f"/desk/tickets/{other.number}/").content.decode()
    assert desk_of(make_staff("Bob", sales, role=RoleKey.SENIOR)).post(address(other), {"into": ticket.number}).status_code == 404
    assert fresh(other).merged_into is None


def test_a_merged_ticket_takes_no_words_of_staff(browser, ticket, other, dan):
    merge_tickets(other, into=ticket, by=dan)

    for deed in ("replies", "notes", "closure", "reopening", "assignment"):
        assert browser.post(address(other, deed), {"text": "Hello.", "assignee": "me"}).status_code == 403
    assert make_message(ticket, "Still here.").ticket == ticket


def test_the_customer_is_told_in_their_language_only_where_that_was_wished(browser, support):
    nour = make_customer("Nour Karimi", language="fa")
    one, two, three = (make_ticket(subject, department=support, customer=nour) for subject in ("Grinder", "Again", "Once more"))
    told = Delivery.objects.filter(template="merged")
    browser.post(address(two), {"into": one.number})
    assert not told.exists()

    browser.post(address(three), {"into": one.number, "tell": "on"})

    assert {(delivery.customer, delivery.ticket, delivery.language) for delivery in told} == {(nour, one, "fa")}
    page = browser.get(f"/desk/tickets/{one.number}/").content.decode()
    assert "into this one and told the customer" in page and "e-mail queued" in page


def test_whoever_had_the_merged_ticket_hears_of_it_and_who_did_it_does_not(browser, ticket, other, support, dan):
    erin = make_staff("Erin", support)
    assign_ticket(other, to=erin)
    browser.post(address(other), {"into": ticket.number})
    third = make_ticket("Third", department=support, customer=ticket.customer)
    assign_ticket(third, to=dan)
    browser.post(address(third), {"into": ticket.number})

    told = Delivery.objects.filter(template="merged_away", channel="in_app")
    assert [(delivery.user, delivery.ticket) for delivery in told] == [(erin, ticket)]
