"""How a list is drawn: comfortable, as a table of chosen columns, or as a board; remembered for each person and list."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permissions.rights import DepartmentRight, StatusRight, WorkflowRight
from permissions.services import grant, grant_role, withdraw
from tests.make import fresh, make_customer, make_field, make_message, make_staff, make_status, make_ticket
from tickets.models import ListSetup, Ticket
from tickets.services import lifecycle
from tickets.services.fields import write_values

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_X_REQUESTED_WITH": "ticket-board"}


def choose(client, layout, **query):
    return client.post("/desk/lists/layout/", {"layout": layout, "view": "open", **query})


def heads(client, address="/desk/?view=open"):
    page = client.get(address).content.decode()
    return re.findall(r'<th class="line-[\w-]+" scope="col">([^<]+)</th>', page)


def lanes(client, address="/desk/?view=open&layout=board"):
    """{lane: [subjects]} as they are drawn."""
    page = client.get(address)
    assert page.status_code == 200
    board = page.context["board"]
    return {lane.name: [card.subject for card in lane.cards] for lane in board.lanes}


def move(client, ticket, *, fetched=False, **data):
    return client.post(f"/desk/tickets/{ticket.number}/lane/", data, **(FETCH if fetched else {}))


# --- What is remembered -------------------------------------------------------------------------------------
def test_the_layout_is_remembered_for_each_person_and_list(desk, desk_of, support, ticket):
    rita = make_staff("Rita", support)

    assert choose(desk, "dense").url == "/desk/?view=open"
    choose(desk, "board", view="unassigned")

    assert desk.get("/desk/?view=open").context["layout"] == "dense"
    assert desk.get("/desk/?view=unassigned").context["layout"] == "board"
    assert desk.get("/desk/?view=unread").context["layout"] == "comfortable"
    assert desk_of(rita).get("/desk/?view=open").context["layout"] == "comfortable"


def test_an_address_shows_another_layout_without_keeping_it(desk, alice, ticket):
    assert desk.get("/desk/?view=open&layout=dense").context["layout"] == "dense"
    assert desk.get("/desk/?view=open&layout=nonsense").context["layout"] == "comfortable"
    assert not ListSetup.objects.filter(user=alice).exists()


def test_damaged_choices_keep_nothing(desk, alice):
    desk.post("/desk/lists/layout/", {"layout": "<b>", "view": "open"})
    desk.post("/desk/lists/columns/", {"order": ["nothing", "password"], "shown": ["password"], "view": "open", "save": "1"})

    assert ListSetup.objects.get(user=alice).columns == {}
    assert ListSetup.objects.get(user=alice).layouts == {"open": "dense"}


# --- The table ----------------------------------------------------------------------------------------------
def test_the_dense_list_is_a_table_with_the_columns_one_chose_in_their_order(desk, alice, support):
    ticket = make_ticket("Kettle", department=support)
    field = make_field("Order number", in_lists=True)
    write_values(ticket, {field: "A-17"})
    choose(desk, "dense")
    assert heads(desk) == ["Number", "Subject", "Customer", "Status", "Assignee", "Due"]

    desk.post(
        "/desk/lists/columns/",
        {
            "view": "open",
            "order": [f"field-{field.pk}", "source", "subject", "status"],
            "shown": ["subject", "source", f"field-{field.pk}"],
            "save": "1",
        },
    )

    assert heads(desk) == ["Order number", "Came by", "Subject"]
    assert heads(desk, "/desk/?view=unassigned&layout=dense")[0] == "Number"
    page = desk.get("/desk/?view=open").content.decode()
    assert "A-17" in page and "portal" in page
    assert '<table class="ticket-lines">' in page


def test_columns_are_moved_by_buttons_and_nothing_that_was_ticked_is_lost(desk, alice):
    order = ["number", "subject", "customer"]

    answer = desk.post(
        "/desk/lists/columns/", {"view": "open", "order": order, "shown": ["number", "customer", "subject"], "move": "customer:up"}
    )

    assert answer.url == "/desk/lists/columns/?view=open"
    assert ListSetup.objects.get(user=alice).columns == {"open": ["number", "customer", "subject"]}
    desk.post("/desk/lists/columns/", {"view": "open", "order": order, "usual": "1"})
    assert ListSetup.objects.get(user=alice).columns == {}


def test_the_subject_stays_since_it_is_the_way_in(desk):
    desk.post("/desk/lists/columns/", {"view": "open", "order": ["number"], "shown": ["number"]})

    make_ticket()
    assert heads(desk, "/desk/?view=open&layout=dense") == ["Subject", "Number"]


@pytest.mark.parametrize("layout", ["comfortable", "dense", "board"])
def test_every_layout_costs_the_same_for_any_number_of_rows_and_keeps_the_budget(desk, alice, support, layout):
    field = make_field("Order number", in_lists=True)
    columns = ["subject", "tags", "opened", "waiting", "source", "rating", "type", "said", "last", f"field-{field.pk}"]
    desk.post("/desk/lists/columns/", {"view": "open", "order": columns, "shown": columns})
    costs = []
    for more in (1, 4, 12):
        for number in range(more):
            ticket = make_ticket(f"Ticket {number}", department=support, customer=make_customer(f"Customer {number}"))
            if number % 2:
                make_message(ticket, "Which one?", by=alice)
            write_values(ticket, {field: f"A-{number}"})
        desk.get(f"/desk/?view=open&layout={layout}")
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"/desk/?view=open&layout={layout}").status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1] == costs[2]
    assert costs[0] <= 10


def test_a_hidden_customer_is_hidden_in_every_layout(desk_of, support, kasia):
    dan = make_staff("Dan", support, sees_customers=False)
    make_ticket("Kasia Nowak wants a kettle", department=support, customer=kasia, text="I am Kasia Nowak, kasia@mail.example")
    columns = ["subject", "customer", "last"]
    browser = desk_of(dan)
    browser.post("/desk/lists/columns/", {"view": "open", "order": columns, "shown": columns})

    for layout in ("comfortable", "dense", "board"):
        page = browser.get(f"/desk/?view=open&layout={layout}").content.decode()
        assert "kettle" in page, layout
        assert "Nowak" not in page and "kasia@mail" not in page, layout
    answer = move(browser, Ticket.objects.get(), fetched=True, kind="open")
    assert "Nowak" not in answer.content.decode()


# --- The board ----------------------------------------------------------------------------------------------
def test_one_workflow_has_a_lane_for_each_of_its_statuses(desk, alice, support):
    new, open_ = make_ticket("New one", department=support), make_ticket("In work", department=support)
    lifecycle.change_status(open_, to=support.workflow.by_code["open"], by=alice)
    lifecycle.close_ticket(make_ticket("Done", department=support), by=alice)

    shown = lanes(desk)

    assert list(shown) == [str(status.name) for status in support.workflow.kept_statuses()]
    assert shown["New"] == ["New one"]
    assert shown[str(support.workflow.by_code["open"].name)] == ["In work"]
    assert shown[str(support.workflow.by_code["closed"].name)] == ["Done"]
    assert new.status.kind == "new"


def test_several_workflows_have_a_lane_for_each_kind(desk, alice, support, sales):
    grant_role(alice, sales, "supporter")
    make_ticket("From Support", department=support)
    make_ticket("From Sales", department=sales)
    make_status(sales.workflow, "Waiting for payment")

    shown = lanes(desk)

    assert sorted(shown["New"]) == ["From Sales", "From Support"]
    assert list(shown) == ["New", "Ours to act on", "Waiting for customer", "Waiting for others", "Closed"]
    assert list(lanes(desk, f"/desk/?view=open&layout=board&department={sales.pk}"))[0] == "New"
    assert lanes(desk, f"/desk/?view=open&layout=board&department={sales.pk}")["New"] == ["From Sales"]


def test_what_is_not_seen_has_no_card_and_no_lane(desk, alice, support, sales):
    make_ticket("Secret offer", department=sales)
    hidden = make_status(support.workflow, "Hidden")
    withdraw(alice, WorkflowRight.VIEW_ALL, support.workflow)
    for status in support.workflow.statuses.exclude(pk=hidden.pk):
        grant(alice, StatusRight.VIEW, status)
    ticket = make_ticket("Put away", department=support)
    Ticket.objects.filter(pk=ticket.pk).update(status=hidden)
    make_ticket("Plain", department=support)

    shown = lanes(desk)

    assert "Hidden" not in shown
    assert sum(shown.values(), []) == ["Plain"]


def test_late_ones_come_first_in_their_lane(desk, support):
    for subject, hours in (("Tomorrow", 24), ("Late", -2), ("Soon", 1)):
        ticket = make_ticket(subject, department=support)
        Ticket.objects.filter(pk=ticket.pk).update(answer_due_at=timezone.now() + timedelta(hours=hours))
    ticket = make_ticket("Never", department=support)
    Ticket.objects.filter(pk=ticket.pk).update(answer_due_at=None)

    assert lanes(desk)["New"] == ["Late", "Soon", "Tomorrow", "Never"]


def test_a_lane_goes_on_where_its_last_card_stood(desk, support, monkeypatch):
    from backoffice.tickets import board

    monkeypatch.setattr(board, "LANE", 2)
    monkeypatch.setattr(board, "ALONE", 3)
    names = [f"Ticket {number}" for number in range(7)]
    for hours, subject in enumerate(names):
        ticket = make_ticket(subject, department=support)
        due = timezone.now() + timedelta(hours=hours) if hours < 3 else None
        Ticket.objects.filter(pk=ticket.pk).update(answer_due_at=due, last_message_at=timezone.now() - timedelta(hours=hours))

    met, address = [], "/desk/?view=open&layout=board"
    while address:
        lane = next(lane for lane in desk.get(address).context["board"].lanes if lane.name == "New")
        assert lane.amount == (f"{len(lane.cards)}+" if lane.more_query else str(len(lane.cards)))
        met += [card.subject for card in lane.cards]
        address = lane.more_query and "/desk/" + lane.more_query

    assert met == names


def test_the_board_and_the_list_hold_the_same(desk, alice, support, sales):
    grant_role(alice, sales, "supporter")
    for number in range(12):
        ticket = make_ticket(f"Ticket {number}", department=(support, sales)[number % 2])
        if number % 3 == 1:
            lifecycle.assign_ticket(ticket, to=alice, by=alice)
        if number % 4 == 2:
            make_message(ticket, "Which?", by=alice)
    for address in (
        "/desk/?view=open",
        "/desk/?view=mine",
        "/desk/?view=unread",
        "/desk/?view=open&assignee=me",
        "/desk/?view=open&kind=new",
    ):
        listed = sorted(row.subject for row in desk.get(address).context["page"].rows)
        assert sorted(sum(lanes(desk, f"{address}&layout=board").values(), [])) == listed, address


def test_a_search_is_shown_as_a_list_because_a_board_knows_no_best(desk, support):
    make_ticket("Kettle", department=support)

    assert desk.get("/desk/?q=kettle&layout=board").context["layout"] == "comfortable"
    assert lanes(desk, "/desk/?view=open&q=status:new&layout=board")["New"] == ["Kettle"]


# --- Moving a card ------------------------------------------------------------------------------------------
def test_a_card_is_moved_and_its_mover_told(desk, alice, support, ticket):
    to = support.workflow.by_code["open"]

    answer = move(desk, ticket, status=to.pk, version=ticket.version)

    assert answer.status_code == 302
    assert fresh(ticket).status == to
    assert ticket.events.filter(kind="status_changed", actor=alice).count() == 1


def test_the_script_gets_the_card_as_it_stands_now(desk, support, ticket):
    answer = move(desk, ticket, fetched=True, status=support.workflow.by_code["open"].pk, version=ticket.version).json()

    assert f'data-version="{fresh(ticket).version}"' in answer["card"]
    assert not answer["gone"]


def test_dropped_on_a_kind_it_takes_the_first_status_of_that_kind_its_mover_was_given(desk, alice, support, ticket):
    first = make_status(support.workflow, "Waiting for payment")
    second = make_status(support.workflow, "Waiting for parts")

    assert move(desk, ticket, fetched=True, kind="waiting_for_others").status_code == 200
    waiting = [status for status in support.workflow.kept_statuses() if status.kind == "waiting_for_others"]
    assert fresh(ticket).status == waiting[0]
    withdraw(alice, WorkflowRight.MOVE_TO_ALL, support.workflow)
    grant(alice, StatusRight.MOVE_TO, second)
    lifecycle.change_status(ticket, to=support.workflow.by_code["open"], by=alice)
    move(desk, ticket, kind="waiting_for_others")
    assert fresh(ticket).status == second
    assert first in waiting


@pytest.mark.parametrize("fetched", [False, True])
def test_without_the_right_nothing_moves_and_the_reason_is_said(desk, alice, support, ticket, fetched):
    withdraw(alice, WorkflowRight.MOVE_TO_ALL, support.workflow)
    to = support.workflow.by_code["open"]

    answer = move(desk, ticket, fetched=fetched, status=to.pk, version=ticket.version)

    assert answer.status_code == 403
    assert "You may not move tickets to this status." in (answer.json()["words"] if fetched else answer.content.decode())
    assert (fresh(ticket).status, fresh(ticket).version) == (ticket.status, ticket.version)


@pytest.mark.parametrize("fetched", [False, True])
def test_whoever_only_reads_may_not_move(desk_of, support, ticket, fetched):
    reader = desk_of(make_staff("Reader", support, role="observer"))

    assert move(reader, ticket, fetched=fetched, status=support.workflow.by_code["open"].pk).status_code == 403
    assert reader.get(f"/desk/tickets/{ticket.number}/lane/").status_code == 403
    assert fresh(ticket).status == ticket.status


@pytest.mark.parametrize("fetched", [False, True])
def test_a_ticket_of_another_department_is_not_there(desk, sales, fetched):
    foreign = make_ticket(department=sales)

    assert move(desk, foreign, fetched=fetched, status=sales.workflow.by_code["open"].pk).status_code == 404
    assert fresh(foreign).status == foreign.status


def test_closing_by_the_board_needs_the_right_to_close(desk, alice, support, ticket):
    withdraw(alice, DepartmentRight.CLOSE, support)

    assert move(desk, ticket, fetched=True, status=support.workflow.by_code["closed"].pk).status_code == 403
    assert not fresh(ticket).is_closed
    grant(alice, DepartmentRight.CLOSE, support)
    assert move(desk, ticket, fetched=True, status=support.workflow.by_code["closed"].pk).status_code == 200
    assert fresh(ticket).is_closed


@pytest.mark.parametrize("fetched", [False, True])
def test_what_changed_since_the_card_was_drawn_is_not_moved(desk, alice, support, ticket, fetched):
    make_message(ticket, "Wait, there is more.")

    answer = move(desk, ticket, fetched=fetched, status=support.workflow.by_code["open"].pk, version=ticket.version)

    assert answer.status_code == (409 if fetched else 302)
    assert fresh(ticket).status == ticket.status
    if fetched:
        assert f'data-version="{fresh(ticket).version}"' in answer.json()["card"]


def test_a_field_that_has_to_be_filled_in_before_keeps_the_card_where_it_is(desk, support, ticket):
    to = support.workflow.by_code["open"]
    make_field("Serial number").required_in.add(to)

    answer = move(desk, ticket, fetched=True, status=to.pk)

    assert "Serial number" in answer.json()["words"]
    assert 400 <= answer.status_code < 500
    assert "Serial number" in move(desk, ticket, status=to.pk).content.decode()
    assert fresh(ticket).status == ticket.status


@pytest.mark.parametrize(
    "damaged", [{}, {"status": "x"}, {"kind": "nothing"}, {"status": "99999999999999999999"}, {"kind": "new", "version": "-1"}]
)
def test_a_damaged_move_moves_nothing(desk, ticket, damaged):
    assert move(desk, ticket, fetched=True, **damaged).status_code in {200, 422}
    assert move(desk, ticket, **damaged).status_code in {302, 422}
    assert (fresh(ticket).status, fresh(ticket).version) == (ticket.status, ticket.version)


def test_the_choices_are_a_page_without_script_and_a_part_with_it(desk, support, ticket):
    page = desk.get(f"/desk/tickets/{ticket.number}/lane/").content.decode()
    part = desk.get(f"/desk/tickets/{ticket.number}/lane/", HTTP_X_REQUESTED_WITH="menu-part").content.decode()

    for words in (page, part):
        assert f'name="version" value="{ticket.version}"' in words
        assert words.count('name="status"') == support.workflow.statuses.count()
    assert "<html" in page and "<html" not in part


def test_after_a_move_one_is_back_in_the_list_one_came_from(desk, alice, support, ticket):
    desk.get(f"/desk/?view=open&department={support.pk}&assignee=nobody&layout=board")

    answer = move(desk, ticket, status=support.workflow.by_code["open"].pk)

    assert answer.url == f"/desk/?view=open&department={support.pk}&assignee=nobody"


def test_looking_as_a_colleague_shows_no_way_to_move_and_saves_nothing(desk_of, alice, support, store, ticket):
    from permissions.rights import StoreRight

    viewer = make_staff("Vera", support)
    grant(viewer, StoreRight.VIEW_AS, store)
    looking = desk_of(viewer)
    assert looking.post(f"/control/people/{alice.pk}/view/").status_code == 302

    page = looking.get("/desk/?view=open&layout=board").content.decode()

    assert ticket.subject in page
    assert "/lane/" not in page and 'action="/desk/views/"' not in page
    assert looking.post("/desk/lists/layout/", {"layout": "dense", "view": "open"}).status_code == 403
    assert not ListSetup.objects.exists()
