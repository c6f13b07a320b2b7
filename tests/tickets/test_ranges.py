"""Merging ranges gives the rows of the plain query in the plain order, whatever may be seen, in both directions, from any place."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permissions.sight import Sight
from tests.make import make_customer, make_department, make_ticket, make_workflow
from tickets import ranges
from tickets.models import Ticket
from tickets.ranges import Part, merge

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2026, 3, 1, tzinfo=UTC)
TICKETS = 40
HALVES = {
    ranges.OPEN: lambda tickets: tickets.kept().still_open().awake(),
    ranges.SNOOZED: lambda tickets: tickets.kept().snoozed(),
    ranges.CLOSED: lambda tickets: tickets.kept().closed(),
    ranges.DELETED: lambda tickets: tickets.deleted(),
}
FIELDS = {ranges.OPEN: "last_message_at", ranges.SNOOZED: "snoozed_until", ranges.CLOSED: "created_at", ranges.DELETED: "deleted_at"}


@pytest.fixture
def shop():
    """Forty tickets in three departments and two workflows, some of them in a status of the other workflow."""
    flows = [make_workflow("One"), make_workflow("Two")]
    departments = [make_department(name, workflow=flows[number % 2]) for number, name in enumerate(("Support", "Sales", "Repairs"))]
    statuses = [status for flow in flows for status in flow.by_code.values()]
    kasia = make_customer()
    tickets = [make_ticket(f"Ticket {number}", department=departments[0], customer=kasia) for number in range(TICKETS)]
    return departments, statuses, tickets


def throw(seed):
    """For each ticket: which department and status; hours of two moments, so few that many are equal; open, closed, deleted or asleep."""
    dice = random.Random(seed)
    states = dice.choice([["open"], ["open", "closed"], ["open", "closed", "deleted"], ["open", "closed", "snoozed"]])
    hours = dice.choice([1, 5, 50])
    return [
        (dice.randrange(3), dice.randrange(10), dice.randrange(hours), dice.randrange(hours), dice.choice(states))
        for _ticket in range(TICKETS)
    ]


some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def lay_out(shop, laid):
    departments, statuses, tickets = shop
    for ticket, (department, status, first, second, state) in zip(tickets, laid, strict=True):
        ticket.department, ticket.status = departments[department], statuses[status]
        ticket.last_message_at, ticket.created_at = BEGINNING + timedelta(hours=first), BEGINNING + timedelta(hours=second)
        ticket.closed_at = BEGINNING if state == "closed" or (state == "deleted" and first % 2) else None
        ticket.deleted_at = ticket.created_at if state == "deleted" else None
        ticket.snoozed_until = ticket.last_message_at if state == "snoozed" else None
        ticket.priority = 10 * (1 + first % 3)
    Ticket.objects.bulk_update(
        tickets, ["department", "status", "last_message_at", "created_at", "closed_at", "deleted_at", "snoozed_until", "priority"]
    )


def plain(tickets, field, limit, descending, behind):
    found = sorted(tickets.values_list(field, "pk"), reverse=descending)
    if behind:
        found = [row for row in found if (row < behind if descending else row > behind)]
    return found[:limit]


@some
@given(
    seed=st.integers(0, 10**6),
    seen=st.tuples(st.sets(st.integers(0, 2)), st.sets(st.integers(0, 9))),
    half=st.sampled_from(sorted(HALVES)),
    descending=st.booleans(),
    limit=st.integers(1, 12),
    at=st.none() | st.integers(0, TICKETS - 1),
    narrowed=st.booleans(),
)
def test_a_page_of_merged_ranges_is_the_page_of_the_plain_query(shop, seed, seen, half, descending, limit, at, narrowed):
    lay_out(shop, throw(seed))
    departments, statuses, tickets = shop
    field = FIELDS[half]
    places = frozenset(departments[number].pk for number in seen[0]), frozenset(statuses[number].pk for number in seen[1])
    behind = (getattr(tickets[at], field) or BEGINNING, tickets[at].pk) if at is not None else None
    some_of_them = HALVES[half](Ticket.objects.filter(priority=20) if narrowed else Ticket.objects.all())
    expected = plain(some_of_them.filter(department__in=places[0], status__in=places[1]), field, limit, descending, behind)

    assert merge([Part(some_of_them, half, *places)], field, limit, descending=descending, behind=behind) == expected


@some
@given(
    seed=st.integers(0, 10**6),
    seen=st.tuples(st.sets(st.integers(0, 2)), st.sets(st.integers(0, 9))),
    shared=st.sets(st.integers(0, TICKETS - 1)),
)
def test_parts_are_put_together_and_a_row_of_two_of_them_comes_once(shop, seed, seen, shared):
    lay_out(shop, throw(seed))
    departments, statuses, tickets = shop
    places = frozenset(departments[number].pk for number in seen[0]), frozenset(statuses[number].pk for number in seen[1])
    sight = Sight(None, *places[:1], dict.fromkeys(places[1], "open"), shared=frozenset(tickets[number].pk for number in shared))
    parts = [Part(HALVES[half](Ticket.objects.all()), half, *places) for half in (ranges.OPEN, ranges.SNOOZED, ranges.CLOSED)]
    parts.append(Part(Ticket.objects.kept().shared_with(sight)))
    expected, met, behind = plain(Ticket.objects.visible_to(sight), "last_message_at", TICKETS, True, None), [], None

    while page := merge(parts, "last_message_at", 7, descending=True, behind=behind):
        met, behind = met + page, page[-1]

    assert met == expected


def test_there_is_nothing_for_those_who_see_no_department_or_no_status(shop):
    departments, statuses, _tickets = shop
    everything = Ticket.objects.kept().still_open()
    places = frozenset(one.pk for one in departments), frozenset(one.pk for one in statuses)

    assert len(merge([Part(everything, ranges.OPEN, *places)], "last_message_at", 50, descending=True)) == TICKETS
    assert merge([Part(everything, ranges.OPEN, frozenset(), places[1])], "last_message_at", 50, descending=True) == []
    assert merge([Part(everything, ranges.OPEN, places[0], frozenset())], "last_message_at", 50, descending=True) == []
    assert merge([], "last_message_at", 50, descending=True) == []
