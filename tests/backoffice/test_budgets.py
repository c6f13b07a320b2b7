"""How many queries a page costs: the same for one row and for twenty, and never more than promised."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.services import add_customer_note
from permissions.rights import ActionRight, RoleKey, StatusRight, StoreRight
from permissions.services import grant
from tests.make import make_action, make_customer, make_department, make_message, make_staff, make_status, make_team, make_ticket
from tickets.models import Ticket
from tickets.services import lifecycle
from tickets.services.actions import perform_action
from tickets.services.revealing import reveal_customer
from tickets.services.sharing import share_ticket

pytestmark = pytest.mark.django_db


def cost(client, address):
    client.get(address)  # what is kept for all pages is there
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def fill(support, alice, count):
    for number in range(count):
        ticket = make_ticket(f"Ticket {number}", department=support, customer=make_customer(f"Customer {number}"))
        if number % 3 == 1:
            Ticket.objects.filter(pk=ticket.pk).update(answer_due_at=ticket.created_at + timedelta(hours=number - 3))
        if number % 3 == 2:
            make_message(ticket, "Which one?", by=alice)


@pytest.mark.parametrize("address", ["/desk/", "/desk/?view=open", "/desk/?view=unread", "/desk/?view=closed", "/desk/?q=ticket"])
def test_a_list_costs_the_same_for_any_number_of_rows(desk, alice, support, address):
    costs = []
    for more in (1, 4, 15):
        fill(support, alice, more)
        costs.append(cost(desk, address))

    assert costs[1] == costs[2]
    assert max(costs) <= 10


def test_a_list_costs_the_same_for_any_number_of_departments_and_rights(desk, alice, support):
    fill(support, alice, 3)
    before = cost(desk, "/desk/?view=open")
    for number in range(6):
        department = make_department(f"Department {number}")
        make_staff(f"Staff {number}", department)
        from permissions.services import grant_role

        grant_role(alice, department, "supporter")
        fill(department, alice, 1)

    assert cost(desk, "/desk/?view=open") == before


def test_a_list_keeps_its_budget_for_those_without_customer_data(desk_of, support, alice):
    dan = make_staff("Dan", support, sees_customers=False)
    fill(support, alice, 20)

    assert cost(desk_of(dan), "/desk/?view=open") <= 10
    assert cost(desk_of(dan), "/desk/?q=ticket") <= 10


def test_a_ticket_page_keeps_its_budget_where_the_customer_is_hidden_and_where_one_is_revealed(desk_of, support, store, ticket, alice):
    dan = make_staff("Dan", support, sees_customers=False)
    story(ticket, [alice, make_staff("Bea", support)], 6)
    assert cost(desk_of(dan), f"/desk/tickets/{ticket.number}/") <= 15

    grant(dan, StoreRight.REVEAL_CUSTOMERS, store)
    reveal_customer(ticket, reason="She is on the phone", by=dan)
    assert cost(desk_of(dan), f"/desk/tickets/{ticket.number}/") <= 15


def story(ticket, staff, length):
    for number in range(length):
        person = staff[number % len(staff)]
        make_message(ticket, f"Word {number}", by=person)
        make_message(ticket, f"Answer {number}")
        make_message(ticket, f"Note {number}", by=person, note=True)
        lifecycle.assign_ticket(ticket, to=staff[(number + 1) % len(staff)], by=person)
        add_customer_note(ticket.customer, text=f"Note {number}", by=person)


def test_a_ticket_page_costs_the_same_for_any_length(desk, desk_of, alice, support, kasia):
    staff = [alice, *(make_staff(f"Staff {number}", support) for number in range(4))]
    costs = []
    for length in (1, 4, 15):
        ticket = make_ticket(department=support, customer=kasia)
        story(ticket, staff, length)
        costs.append(cost(desk, f"/desk/tickets/{ticket.number}/"))

    assert len(set(costs)) == 1
    assert costs[0] <= 15


def test_a_ticket_with_everything_on_it_keeps_the_budget_and_the_first_look_only_adds_what_it_marks(
    desk, desk_of, alice, support, kasia, settings, tmp_path
):
    from django.core.files.base import ContentFile

    from common.uploads import CheckedFile
    from surveys.models import Survey
    from surveys.services import answer_survey

    settings.MEDIA_ROOT = tmp_path
    repairs = make_department("Repairs")
    gone = make_staff("Gone", support)
    rita = make_staff("Rita", repairs)
    file = CheckedFile(name="label.txt", content_type="text/plain", size=5, content=ContentFile(b"hello"), kind="text")
    ticket = make_ticket(department=support, customer=kasia, files=[file])
    lifecycle.assign_ticket(ticket, to=gone, by=alice)
    lifecycle.pass_on_ticket(ticket, to=repairs, by=alice)
    lifecycle.change_status(lifecycle.reply_as_staff(ticket, text="Here.", by=rita), to=repairs.workflow.statuses.get(position=1), by=rita)
    lifecycle.pass_on_ticket(ticket, to=support, by=rita)
    lifecycle.close_ticket(ticket, by=rita)
    answer_survey(Survey.objects.filter(ticket=ticket).latest("pk"), score=4, comment="Fine.")
    make_ticket(department=support, customer=kasia)
    add_customer_note(kasia, text="Careful.", is_warning=True, by=alice)
    desk_of(make_staff("Bea", support)).get(f"/desk/tickets/{ticket.number}/")  # what is kept for all pages is there
    with CaptureQueriesContext(connection) as first_look:
        desk.get(f"/desk/tickets/{ticket.number}/")

    writes = [query for query in first_look if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert len(first_look) - len(writes) <= 15
    assert len(writes) <= 2
    assert cost(desk, f"/desk/tickets/{ticket.number}/") <= 15


def test_teams_actions_and_shares_keep_the_budget_for_whoever_looks(desk, desk_of, alice, support, kasia):
    watcher = make_staff("Watcher", support, role=RoleKey.OBSERVER, sees_customers=False)
    accountant = make_staff("Dan", support, role=RoleKey.ACCOUNTANT, sees_customers=False)
    guest = make_staff("Guest", sees_customers=False)
    payment = make_status(support.workflow)
    grant(accountant, StatusRight.VIEW, payment)
    ticket = lifecycle.change_status(make_ticket(department=support, customer=kasia), to=payment, by=alice)
    for number in range(3):
        action = make_action(payment, f"Action {number}")
        grant(accountant, ActionRight.PERFORM, action)
        perform_action(ticket, action, by=alice)
        lifecycle.assign_ticket(ticket, to=make_team(f"Team {number}", alice), by=alice)
        share_ticket(ticket, user=guest, right="see" if number % 2 else "note", by=alice)

    for person in (alice, watcher, accountant, guest):
        browser = desk_of(person)
        assert cost(browser, f"/desk/tickets/{ticket.number}/") <= 15
        assert cost(browser, "/desk/?view=open") <= 10


@pytest.mark.parametrize("address", ["/desk/customers/", "/desk/notices/", "/desk/tickets/new/"])
def test_other_lists_cost_the_same_for_any_number_of_rows(desk, alice, support, address):
    support.responsible = alice
    support.save()
    costs = []
    for more in (1, 4, 15):
        fill(support, alice, more)
        costs.append(cost(desk, address))

    assert costs[1] == costs[2]
    assert max(costs) <= 10


def test_a_customers_page_costs_the_same_for_any_number_of_tickets(desk, alice, support, kasia):
    costs = []
    for more in (1, 4, 15):
        for number in range(more):
            make_message(make_ticket(f"Ticket {number}", department=support, customer=kasia), "Yes?", by=alice)
        costs.append(cost(desk, f"/desk/customers/{kasia.pk}/"))

    assert len(set(costs)) == 1
    assert costs[0] <= 15


def test_counters_stop_counting(desk, alice, support, monkeypatch):
    monkeypatch.setattr("backoffice.counts.LIMIT", 2)
    fill(support, alice, 5)

    counts = desk.get("/desk/counts/").json()

    assert counts["numbers"]["open"] == "2+"
    assert "5" not in str(counts)


def test_a_ticket_page_costs_the_same_for_any_number_of_earlier_tickets_of_a_customer_who_is_hidden(desk_of, support, kasia):
    dan = make_staff("Dan", support, sees_customers=False)
    ticket, costs = make_ticket(department=support, customer=kasia), []
    for more in (1, 4):
        for number in range(more):
            make_ticket(f"{kasia.name} asked {number}", department=support, customer=kasia)
        costs.append(cost(desk_of(dan), f"/desk/tickets/{ticket.number}/"))

    assert costs[0] == costs[1]
    page = desk_of(dan).get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert "asked 3" in page
    assert kasia.name not in page
