"""How many queries a customer's page costs: the same for one row and for twenty, and never more than promised."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq.models import FaqEntry, FaqTranslation
from tests.make import make_department, make_message, make_ticket
from tickets.services.lifecycle import close_ticket

pytestmark = pytest.mark.django_db


def cost(browser, address):
    browser.get(address)  # what is kept for all pages is there
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("address", "most"), [("/tickets/", 8), ("/", 8)])
def test_my_requests_cost_the_same_for_any_number(as_kasia, kasia, support, alice, address, most):
    costs = []
    for more in (1, 4, 15):
        for number in range(more):
            waiting = make_ticket(f"Which one {number}?", customer=kasia, department=support)
            make_message(waiting, "Which colour?", by=alice)
            make_ticket(
                f"Where is it {number}?", customer=kasia, department=make_department(f"Department {number}", store=support.stores.get())
            )
            close_ticket(make_ticket(f"Done {number}", customer=kasia, department=support))
        costs.append(cost(as_kasia, address))

    assert len(set(costs)) == 1
    assert costs[0] <= most


def test_a_conversation_costs_the_same_for_any_length(as_kasia, kasia, support, alice):
    costs = []
    for length in (1, 4, 15):
        ticket = make_ticket(customer=kasia, department=support)
        for number in range(length):
            make_message(ticket, f"Answer {number}", by=alice)
            make_message(ticket, f"Question {number}")
        costs.append(cost(as_kasia, f"/tickets/{ticket.number}/"))

    assert len(set(costs)) == 1
    assert costs[0] <= 12


def test_answers_cost_a_visitor_one_look_at_the_mark_of_the_settings(visitor, store, support):
    for number in range(12):
        entry = FaqEntry.objects.create(department=support)
        entry.stores.add(store)
        FaqTranslation.objects.create(entry=entry, language="en", question=f"Question {number}?", answer="<p>So.</p>")

    for address in ("/faq/", f"/faq/{entry.pk}/", "/"):
        assert cost(visitor, address) == 1, address
