"""My day: what waits for one person and why, in the order to be worked; and how yesterday went."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.presence import go_away
from backoffice.day.mine import waiting_for
from backoffice.day.views import sums
from backoffice.day.yesterday import yesterday_of
from common.moments import reading_as
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from permissions.sight import Sight
from portal.accounts.destinations import home_of
from statuses.models import StatusKind
from surveys.models import Survey
from tests.make import make_customer, make_message, make_staff, make_status, make_team, make_ticket
from tickets.models import Ticket, TicketEvent
from tickets.services import lifecycle
from tickets.services.snoozing import snooze_ticket

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def midday(monkeypatch):
    """It is noon in UTC, so that what is due in an hour is due today."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    with reading_as(language="en", time_zone="UTC"):
        yield NOON


def words_of(response):
    return response.content.decode().replace("\u2068", "").replace("\u2069", "")


def mine(support, alice, subject, **columns):
    """A ticket of alice, which she has read, with these columns."""
    ticket = lifecycle.assign_ticket(make_ticket(subject, department=support), to=alice)
    lifecycle.mark_read(ticket, by=alice, until=ticket.last_message_at + timedelta(days=1))
    Ticket.objects.filter(pk=ticket.pk).update(**columns)
    return ticket


def test_one_starts_with_what_is_late_then_due_then_answered_then_waiting_longest(midday, support, alice):
    waits = mine(support, alice, "Waits", answer_due_at=None, waiting_since=NOON - timedelta(days=3))
    waits_longer = mine(support, alice, "Waits longer", answer_due_at=None, waiting_since=NOON - timedelta(days=9))
    answered = mine(support, alice, "Answered", answer_due_at=None)
    make_message(answered, "Any news?")
    Ticket.objects.filter(pk=answered.pk).update(answer_due_at=None, last_message_at=NOON + timedelta(days=2))
    due = mine(support, alice, "Due", answer_due_at=NOON + timedelta(hours=6))
    late = mine(support, alice, "Late", answer_due_at=NOON - timedelta(hours=6))
    mine(support, alice, "Closed", answer_due_at=None, closed_at=NOON)
    mine(support, alice, "Tomorrow", answer_due_at=NOON + timedelta(days=2), waiting_since=NOON - timedelta(days=1))

    waiting = waiting_for(Sight.of(alice))

    assert waiting.first == [
        (late.pk, "late"), (due.pk, "due"), (answered.pk, "answered"), (waits_longer.pk, "waiting"), (waits.pk, "waiting"),
    ]  # fmt: skip
    assert sums(waiting) == ["1 late", "1 due by 18:00", "1 answered while you were away"]


def test_a_ticket_that_is_promised_later_can_wait_but_is_among_what_waits(midday, support, alice):
    later = mine(support, alice, "Tomorrow", answer_due_at=NOON + timedelta(days=2), waiting_since=NOON)

    assert waiting_for(Sight.of(alice)).first == [(later.pk, "waiting")]


def test_mentions_stand_on_the_page_and_give_a_reason(desk, support, alice):
    bea = make_staff("Bea", support)
    ticket = lifecycle.assign_ticket(make_ticket("A foreign one", department=support), to=bea)
    lifecycle.add_note(ticket, text="Alice, look.", by=bea, mention=[alice])

    assert "Bea mentioned you in “A foreign one”" in words_of(desk.get("/desk/day/"))
    desk.get(f"/desk/tickets/{ticket.number}/")
    assert "mentioned you" not in words_of(desk.get("/desk/day/"))


def test_what_waits_for_others_too_long_is_told_with_the_longest_first(support, alice):
    waiting = make_status(support.workflow, "Waiting for carrier", StatusKind.WAITING_FOR_OTHERS)
    now = timezone.now()
    same = {"status": waiting, "answer_due_at": None, "last_word_by_customer": False, "waiting_since": None}
    some = mine(support, alice, "Four days", **same, status_since=now - timedelta(days=4))
    long = mine(support, alice, "Ten days", **same, status_since=now - timedelta(days=10))
    mine(support, alice, "Since today", **same, status_since=now)

    assert list(waiting_for(Sight.of(alice)).others) == [long.pk, some.pk]
    assert waiting_for(Sight.of(alice)).first == []


def test_a_teams_ticket_waits_for_each_member(desk, desk_of, support, alice):
    bea = make_staff("Bea", support)
    lifecycle.assign_ticket(make_ticket("For the night", department=support), to=make_team("Night shift", alice))

    assert [reason for _pk, reason in waiting_for(Sight.of(alice)).first] != []
    assert waiting_for(Sight.of(bea)).first == []


def test_nobody_sees_here_what_they_do_not_see_elsewhere(desk, support, sales, alice, bob):
    foreign = make_ticket("Sales only", department=sales)
    mine(support, alice, "No longer hers")
    Ticket.objects.filter(pk=foreign.pk).update(assignee=alice)
    withdraw(alice, DepartmentRight.VIEW, support)

    page = words_of(desk.get("/desk/day/"))

    assert "Sales only" not in page
    assert "No longer hers" not in page
    assert "Nothing waits for you." in page


def test_a_hidden_customer_is_named_nowhere(desk_of, support):
    dan = make_staff("Dan", support, sees_customers=False)
    bea = make_staff("Bea", support)
    kasia = make_customer("Kasia Nowak")
    ticket = lifecycle.assign_ticket(make_ticket("Kasia Nowak asks", department=support, customer=kasia), to=dan)
    lifecycle.add_note(ticket, text="Dan, look.", by=bea, mention=[dan])
    make_ticket("Nobody answers Kasia", department=support, customer=kasia)

    page = words_of(desk_of(dan).get("/desk/day/"))

    assert ticket.number in page
    assert "mentioned you in" in page
    assert "Kasia" not in page
    assert "Nowak" not in page


def test_what_nobody_has_stands_there_with_the_oldest_first(desk, support):
    make_ticket("Younger", department=support)
    old = make_ticket("Older", department=support)
    Ticket.objects.filter(pk=old.pk).update(last_message_at=timezone.now() - timedelta(days=1))

    page = words_of(desk.get("/desk/day/"))

    assert 0 < page.index("Older") < page.index("Younger")


def test_what_sleeps_waits_for_nobody(desk, support, alice):
    sleeping = [mine(support, alice, "Burrs are on their way"), make_ticket("Catalogue in spring", department=support)]
    assert "Burrs" in words_of(desk.get("/desk/day/")) and "Catalogue" in words_of(desk.get("/desk/day/"))

    for ticket in sleeping:
        snooze_ticket(ticket, until=timezone.now() + timedelta(days=30), by=alice)

    page = words_of(desk.get("/desk/day/"))
    assert "Burrs" not in page and "Catalogue" not in page


def test_done_is_said(desk):
    page = words_of(desk.get("/desk/day/"))

    assert "Nothing waits for you." in page
    assert "No answers, nothing closed, no ratings." in page


def test_yesterday_is_counted_from_midnight_to_midnight_and_only_ones_own(support, alice):
    bea = make_staff("Bea", support)
    yesterday, before = timezone.now() - timedelta(days=1), timezone.now() - timedelta(days=2)
    first, second = (mine(support, alice, f"Ticket {number}") for number in range(2))
    for ticket in (first, second):
        make_message(ticket, "Answer.", by=alice)
        opened = yesterday - timedelta(hours=2)
        Ticket.objects.filter(pk=ticket.pk).update(created_at=opened, first_answered_at=yesterday)
        ticket.messages.filter(author=alice).update(created_at=yesterday)
    lifecycle.close_ticket(first, by=alice)
    make_message(second, "From Bea.", by=bea)
    event = lifecycle.close_ticket(second, by=bea).events.filter(kind="closed").get()
    TicketEvent.objects.filter(ticket__in=[first, second]).update(created_at=yesterday)
    Survey.objects.filter(event=event).update(answered_at=yesterday, score=4)
    make_message(mine(support, alice, "Older"), "Answer.", by=alice)
    TicketEvent.objects.filter(ticket__subject="Older").update(created_at=before)

    with reading_as(language="en", time_zone="UTC"):
        found = yesterday_of(alice)

    assert (found.answered, found.closed, found.ratings, found.rating) == (2, 1, 1, 4)
    assert found.first_answer == timedelta(hours=2)


def test_each_number_says_what_it_counts(desk, support, alice):
    make_message(mine(support, alice, "Asked"), "Answer.", by=alice)
    TicketEvent.objects.update(created_at=timezone.now() - timedelta(days=1))

    page = words_of(desk.get("/desk/day/"))

    assert "Answers you sent, each counted once." in page
    assert "Tickets you closed, also those that were reopened later." in page


def test_colleagues_of_the_department_are_named_with_when_they_are_back(desk, desk_of, support, sales, alice, bob):
    bea = make_staff("Bea Stone", support)
    support.members.add(alice, bea)
    sales.members.add(bob)
    go_away(bea, until=timezone.now() + timedelta(days=30))

    page = words_of(desk.get("/desk/day/"))

    assert "Bea Stone" in page
    assert "away until" in page
    assert "Bob" not in page


def test_it_costs_ten_queries_for_any_number_of_tickets(desk, support, alice):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/desk/day/").status_code == 200
        return len(queries)

    bea = make_staff("Bea", support)
    costs = []
    for more in (1, 4, 12):
        for number in range(more):
            ticket = mine(support, alice, f"Ticket {number}")
            lifecycle.add_note(ticket, text="Look.", by=bea, mention=[alice])
            make_ticket(department=support)
        desk.get("/desk/day/")
        costs.append(cost())

    assert costs[1] == costs[2]
    assert max(costs) <= 10


def test_who_chose_it_begins_with_it(alice, kasia):
    assert home_of(alice) == "/desk/"
    alice.start_page = "day"
    assert home_of(alice) == "/desk/day/"
    assert home_of(User(start_page="day")) == "/"


def test_a_persian_reader_sees_the_day_of_their_calendar(desk, alice, time_machine):
    time_machine.move_to("2026-11-30 12:00 +0000")  # the same day wherever the reader lives
    alice.language = "fa"
    alice.save()

    assert "دوشنبه ۹ آذر ۱۴۰۵" in words_of(desk.get("/desk/day/"))
