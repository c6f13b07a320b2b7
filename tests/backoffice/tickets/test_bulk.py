"""Several tickets at once: each by its doer's rights, with a result of its own, and undone again."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from permissions.rights import DepartmentRight, RoleKey
from permissions.services import grant_role, withdraw
from tests.make import fresh, make_customer, make_field, make_message, make_staff, make_team, make_ticket
from tickets.choices import Kind, Priority
from tickets.models import BulkRun, Message, Outcome, OutgoingReply, ReadMark, Ticket
from tickets.services import bulk, lifecycle
from tickets.services.linking import link_tickets
from tickets.services.merging import merge_tickets
from tickets.services.sending import send_reply
from tickets.services.tagging import tag_ticket

pytestmark = pytest.mark.django_db
CHOSEN = "/desk/tickets/chosen/"


@pytest.fixture
def tickets(support, kasia):
    return [make_ticket(f"Grinder {number}", department=support, customer=kasia) for number in range(3)]


@pytest.fixture
def foreign(sales):
    return make_ticket("Not for Alice", department=sales)


def do(browser, deed, tickets, **given):
    """Send a deed of the bar, and where it asks, its form. Returns the run."""
    data = {"deed": deed, "ticket": [ticket.number for ticket in tickets]}
    response = browser.post(CHOSEN, data)
    if response.status_code == 200:
        key = re.search(r'name="form_key" value="([^"]+)"', response.content.decode()).group(1)
        response = browser.post(CHOSEN, {**data, "form_key": key, **given})
    assert response.status_code == 302, response.content.decode()
    return BulkRun.objects.latest("pk")


def outcomes(run):
    return list(run.results.order_by("ticket").values_list("outcome", flat=True))


def undo(browser, run):
    return browser.post(f"{CHOSEN}{run.pk}/undo/")


def page_of(browser, run):
    return browser.get(f"{CHOSEN}{run.pk}/").content.decode()


def test_taking_them_and_giving_them_back(desk, alice, support, tickets):
    dan = make_staff("Dan", support)
    lifecycle.assign_ticket(tickets[0], to=dan)
    lifecycle.assign_ticket(tickets[1], to=alice)
    run = do(desk, "take", tickets)

    assert outcomes(run) == [Outcome.DONE, Outcome.SAME, Outcome.DONE]
    assert {fresh(ticket).assignee for ticket in tickets} == {alice}
    undo(desk, run)
    assert outcomes(run) == [Outcome.UNDONE, Outcome.SAME, Outcome.UNDONE]
    assert [fresh(ticket).assignee for ticket in tickets] == [dan, alice, None]


def test_giving_them_to_a_team_or_a_colleague_who_does_not_see_all(desk, support, sales, tickets, alice):
    team = make_team("Night shift", alice)
    do(desk, "assign", tickets, assignee=f"team:{team.pk}")
    assert {fresh(ticket).team for ticket in tickets} == {team}

    grant_role(alice, sales, RoleKey.SUPPORTER)
    erin, far = make_staff("Erin", support), make_ticket("Far", department=sales)
    run = do(desk, "assign", [tickets[0], far], assignee=str(erin.pk))
    assert (fresh(tickets[0]).assignee, fresh(far).assignee) == (erin, None)
    assert outcomes(run) == [Outcome.DONE, Outcome.REFUSED]
    page = page_of(desk, run)
    assert "This person may not see the ticket" in page and page.index("Far") < page.index("Grinder 0")


def test_closing_leaves_those_open_that_may_not_be_closed_and_says_why(desk, support, tickets, kasia):
    in_the_way = make_ticket("First this", department=support, customer=kasia)
    link_tickets(in_the_way, tickets[0], "blocks")
    lifecycle.close_ticket(tickets[1])
    run = do(desk, "close", tickets)

    assert outcomes(run) == [Outcome.REFUSED, Outcome.SAME, Outcome.DONE]
    assert [fresh(ticket).is_closed for ticket in tickets] == [False, True, True]
    assert "in the way of this one is still open" in page_of(desk, run)
    undo(desk, run)
    assert [fresh(ticket).is_closed for ticket in tickets] == [False, True, False]
    assert fresh(tickets[2]).status == tickets[2].status


def test_status_priority_and_tags_are_set_and_undone(desk, support, tickets):
    waiting = support.workflow.by_code["waiting"]
    before = fresh(tickets[0]).status
    tag_ticket(tickets[0], ["old"])
    runs = [
        do(desk, "status", tickets, status=str(waiting.pk)),
        do(desk, "priority", tickets, priority="40"),
        do(desk, "tag", tickets, names="recall, G2"),
        do(desk, "untag", tickets, names="OLD"),
    ]
    assert {(fresh(ticket).status, fresh(ticket).priority) for ticket in tickets} == {(waiting, Priority.URGENT)}
    assert {tuple(sorted(tag.name for tag in ticket.tags.all())) for ticket in tickets} == {("G2", "recall")}
    assert outcomes(runs[3]) == [Outcome.DONE, Outcome.SAME, Outcome.SAME]

    for run in reversed(runs):
        undo(desk, run)
    assert {(fresh(ticket).status, fresh(ticket).priority) for ticket in tickets} == {(before, Priority.NORMAL)}
    assert [[tag.name for tag in ticket.tags.all()] for ticket in tickets] == [["old"], [], []]


def test_undoing_leaves_alone_what_somebody_changed_since(desk, tickets, alice):
    run = do(desk, "priority", tickets, priority="40")
    lifecycle.change_priority(tickets[1], to=Priority.LOW, by=alice)
    undo(desk, run)

    assert [fresh(ticket).priority for ticket in tickets] == [Priority.NORMAL, Priority.LOW, Priority.NORMAL]
    assert outcomes(run) == [Outcome.UNDONE, Outcome.KEPT, Outcome.UNDONE]
    assert "It was changed since then" in page_of(desk, run)


def test_undoing_twice_late_or_by_somebody_else_changes_nothing(desk, desk_of, support, tickets):
    run = do(desk, "priority", tickets, priority="40")
    dan = desk_of(make_staff("Dan", support))
    assert (undo(dan, run).status_code, dan.get(f"{CHOSEN}{run.pk}/").status_code) == (404, 404)

    BulkRun.objects.filter(pk=run.pk).update(done_at=timezone.now() - timedelta(minutes=61))
    undo(desk, run)
    assert {fresh(ticket).priority for ticket in tickets} == {Priority.URGENT}
    assert "Undo all of it" not in page_of(desk, run)

    BulkRun.objects.filter(pk=run.pk).update(done_at=timezone.now())
    undo(desk, run)
    events = tickets[0].events.count()
    undo(desk, run)
    assert (fresh(tickets[0]).priority, tickets[0].events.count()) == (Priority.NORMAL, events)


def test_each_customer_reads_an_answer_of_their_own_once(desk, support, tickets):
    nour = make_ticket("صدا می‌دهد", department=support, customer=make_customer("Nour Karimi", language="fa"))
    data = {"deed": "reply", "ticket": [tickets[0].number, nour.number], "form_key": "k" * 22}
    data["text"] = "Dear {customer}, {number} is looked at."
    for _time in range(2):
        assert desk.post(CHOSEN, data).status_code == 302

    persian = nour.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    answers = [ticket.messages.filter(kind="reply").values_list("body_text", flat=True).get() for ticket in (tickets[0], nour)]
    assert answers == [f"Dear Kasia Nowak, {tickets[0].number} is looked at.", f"Dear Nour Karimi, {persian} is looked at."]


def test_answers_to_many_are_taken_back_before_they_leave_and_not_after(desk, support, tickets):
    support.stores.update(undo_seconds=10)
    data = {"deed": "reply", "ticket": [ticket.number for ticket in tickets[:2]], "form_key": "k" * 22, "text": "It is looked at."}
    desk.post(CHOSEN, data)
    assert OutgoingReply.objects.count() == 2 and not Message.objects.filter(kind="reply").exists()
    send_reply_now(tickets[0])

    undo(desk, BulkRun.objects.get())

    assert not OutgoingReply.objects.exists()
    assert [ticket.messages.filter(kind="reply").count() for ticket in tickets[:2]] == [1, 0]


def send_reply_now(ticket):
    waiting = OutgoingReply.objects.filter(ticket=ticket)
    waiting.update(leaves_at=timezone.now())
    assert send_reply(waiting.get().pk)


def test_an_answer_names_nothing_that_its_writer_might_not_read(desk, tickets):
    make_field("Serial")
    for name in ("{phone}", "{field:serial}", "{nothing}"):
        response = desk.post(CHOSEN, {"deed": "reply", "ticket": tickets[0].number, "form_key": "k" * 22, "text": f"See {name}."})
        assert response.status_code == 422
    assert tickets[0].messages.count() == 1


def test_notes_and_sleep(desk, tickets):
    do(desk, "note", tickets, text="Part of the recall.")
    assert [ticket.messages.get(kind="note").body_text for ticket in tickets] == ["Part of the recall."] * 3

    run = do(desk, "snooze", tickets, when="tomorrow", through="on")
    assert all(fresh(ticket).is_snoozed and fresh(ticket).sleeps_through for ticket in tickets)
    undo(desk, run)
    assert not any(fresh(ticket).is_snoozed for ticket in tickets)
    do(desk, "snooze", tickets, when="tomorrow")
    do(desk, "wake", tickets)
    assert not any(fresh(ticket).is_snoozed for ticket in tickets)


def test_merging_them_into_one_and_back(desk_of, support, tickets):
    browser = desk_of(make_staff("Dan", support, role=RoleKey.SENIOR))
    run = do(browser, "merge", tickets, into=tickets[1].number)

    assert [fresh(ticket).merged_into for ticket in tickets] == [tickets[1], None, tickets[1]]
    assert outcomes(run) == [Outcome.DONE, Outcome.SAME, Outcome.DONE]
    undo(browser, run)
    assert {fresh(ticket).merged_into for ticket in tickets} == {None}


def test_a_merged_ticket_says_why_nothing_is_done_to_it(desk, support, alice, tickets):
    merge_tickets(tickets[0], into=tickets[1], by=alice)
    run = do(desk, "priority", tickets[:1], priority="40")

    assert outcomes(run) == [Outcome.REFUSED]
    assert "The ticket was merged into another one." in page_of(desk, run)


def test_tickets_of_two_customers_are_not_merged(desk_of, support, tickets):
    browser = desk_of(make_staff("Dan", support, role=RoleKey.SENIOR))
    other = make_ticket("Somebody else's", department=support)
    data = {"deed": "merge", "ticket": [tickets[0].number, other.number], "into": other.number, "form_key": "k" * 22}

    assert browser.post(CHOSEN, data).status_code == 422
    assert fresh(tickets[0]).merged_into is None


def test_what_was_read_is_unread_again(desk, alice, tickets):
    run = do(desk, "read", tickets)
    assert ReadMark.objects.filter(user=alice).count() == 3
    undo(desk, run)
    assert not ReadMark.objects.filter(user=alice).exists()


# --- Rights -----------------------------------------------------------------------------------------
def test_foreign_tickets_are_counted_and_left_as_they_are(desk, tickets, foreign):
    before = Ticket.objects.filter(pk=foreign.pk).values().get()
    run = do(desk, "take", [tickets[0], foreign])

    assert (run.unknown, run.results.count()) == (1, 1)
    assert Ticket.objects.filter(pk=foreign.pk).values().get() == before
    page = page_of(desk, run)
    assert "1 of those chosen is not there for you." in page and foreign.number not in page and "Not for Alice" not in page
    assert desk.post(CHOSEN, {"deed": "take", "ticket": foreign.number}).url.startswith("/desk/")
    assert BulkRun.objects.count() == 1


@pytest.mark.parametrize(
    ("deed", "given"),
    [
        ("take", {}),
        ("assign", {"assignee": ""}),
        ("close", {}),
        ("priority", {"priority": "40"}),
        ("tag", {"names": "recall"}),
        ("untag", {"names": "recall"}),
        ("reply", {"text": "Hello."}),
        ("note", {"text": "Hello."}),
        ("snooze", {"when": "tomorrow"}),
        ("wake", {}),
        ("merge", {}),
    ],
)
def test_who_may_only_read_changes_nothing(desk_of, support, tickets, deed, given):
    reader = make_staff("Rita", support, role=RoleKey.OBSERVER)
    withdraw(reader, DepartmentRight.NOTE, support)
    before = list(Ticket.objects.order_by("pk").values())
    counts = [ticket.events.count() for ticket in tickets]
    if deed == "merge":
        given = {"into": tickets[2].number}
    run = do(desk_of(reader), deed, tickets, **given)

    assert set(outcomes(run)) <= {Outcome.REFUSED, Outcome.SAME} and Outcome.REFUSED in outcomes(run)
    assert list(Ticket.objects.order_by("pk").values()) == before
    assert [ticket.events.count() for ticket in tickets] == counts
    assert "You may not" in page_of(desk_of(reader), run)


def test_moving_obeys_the_right_to_each_status(desk_of, support, tickets):
    reader = make_staff("Rita", support, role=RoleKey.OBSERVER)
    waiting = support.workflow.by_code["waiting"]
    data = {"deed": "status", "ticket": tickets[0].number, "status": str(waiting.pk), "form_key": "k" * 22}

    assert desk_of(reader).post(CHOSEN, data).status_code == 422
    assert fresh(tickets[0]).status != waiting


def test_what_left_ones_sight_is_neither_undone_nor_named(desk, alice, support, sales, tickets):
    run = do(desk, "priority", tickets[:1], priority="40")
    lifecycle.pass_on_ticket(tickets[0], to=sales, by=alice)
    page = page_of(desk, run)
    assert "A ticket that is out of your sight now." in page and "Grinder 0" not in page
    undo(desk, run)

    assert outcomes(run) == [Outcome.KEPT] and fresh(tickets[0]).priority == Priority.URGENT


def test_who_may_not_know_the_customer_reads_no_name(desk_of, support, kasia):
    ticket = make_ticket("For Kasia Nowak", department=support, customer=kasia)
    browser = desk_of(make_staff("Carla", support, sees_customers=False))
    asked = browser.post(CHOSEN, {"deed": "priority", "ticket": ticket.number}).content.decode()
    page = page_of(browser, do(browser, "priority", [ticket], priority="40"))

    assert "Kasia" not in asked and "Nowak" not in asked and "Kasia" not in page and "Nowak" not in page
    assert ticket.number in page


# --- Many -------------------------------------------------------------------------------------------
def test_all_of_a_list_is_asked_about_first_and_capped(desk, tickets, foreign, monkeypatch):
    monkeypatch.setattr("backoffice.tickets.chosen.MOST", 2)
    asked = desk.post(CHOSEN, {"deed": "take", "whole": "1", "list": "view=open&sort=opened-oldest"})
    page = asked.content.decode()
    assert "these are its first 2 tickets" in page and "Not for Alice" not in page
    assert not Ticket.objects.exclude(assignee=None).exists()

    numbers = re.findall(r'name="ticket" value="(\w+)"', page)
    assert numbers == [tickets[0].number, tickets[1].number]
    desk.post(CHOSEN, {"deed": "take", "ticket": numbers, "left_out": "1", "form_key": "k" * 22})
    run = BulkRun.objects.get()
    assert run.left_out and run.results.count() == 2 and Ticket.objects.exclude(assignee=None).count() == 2


def test_a_row_that_breaks_stops_no_other(desk, tickets, monkeypatch):
    close = lifecycle.close_ticket

    def broken(ticket, **given):
        if ticket.pk == tickets[0].pk:
            raise RuntimeError("a surprise")
        return close(ticket, **given)

    monkeypatch.setattr(lifecycle, "close_ticket", broken)
    run = do(desk, "close", tickets)

    assert outcomes(run) == [Outcome.REFUSED, Outcome.DONE, Outcome.DONE]
    assert "Something broke on our side" in page_of(desk, run)


def test_a_run_that_was_cut_off_says_what_was_not_reached_and_goes_on(alice, tickets, desk):
    run = bulk.begin_run("take", [ticket.pk for ticket in tickets], by=alice)
    assert page_of(desk, run).count("not reached") == 3

    bulk.carry_out(run)
    assert outcomes(run) == [Outcome.DONE] * 3


def test_the_results_cost_the_same_for_one_and_for_many(desk, support, kasia):
    costs = []
    for many in (1, 6):
        rows = [make_ticket(f"Row {number}", department=support, customer=make_customer(f"C{number}")) for number in range(many)]
        run = do(desk, "take", rows)
        page_of(desk, run)  # what is kept for all pages is there
        with CaptureQueriesContext(connection) as queries:
            page_of(desk, run)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_runs_are_forgotten_after_a_week(alice, tickets):
    old, new = (bulk.begin_run("take", [ticket.pk], by=alice) for ticket in tickets[:2])
    BulkRun.objects.filter(pk=old.pk).update(done_at=timezone.now() - timedelta(days=8))
    bulk.forget_runs()

    assert list(BulkRun.objects.all()) == [new]
    assert Ticket.objects.count() == 3


def test_the_history_tells_each_ticket_who_did_it(desk, alice, tickets):
    make_message(tickets[0], "Any news?")
    do(desk, "close", tickets)

    assert [ticket.events.filter(kind=Kind.CLOSED).get().actor for ticket in tickets] == [alice] * 3
