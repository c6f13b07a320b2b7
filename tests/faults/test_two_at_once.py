"""Two people act on one ticket in the same moment, by chance: whatever meets whatever, no word is lost, the history is complete, and who
comes second is told.

500 pairs in ten rounds of fifty; a run of everything draws some of the rounds. TEST_DRAW=all takes them all.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.db import connection

from common.errors import DeskError
from tests.make import make_customer, make_department, make_staff, make_ticket
from tickets.choices import Kind, Priority
from tickets.errors import ChangedMeanwhile, MergedAway, MergeIntoClosed, TicketIsMerged
from tickets.models import Message, Ticket, TicketEvent
from tickets.services import lifecycle
from tickets.services.merging import merge_tickets

PAIRS, ROUNDS = 50, 10

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@dataclass
class Shop:
    support: object
    people: list
    kasia: object
    dice: random.Random
    words: int = 0


@dataclass
class Deed:
    """What one person does: a name, the call, the kind of line it leaves, the words it brings."""

    name: str
    call: callable
    kind: str
    words: str = ""
    by: object = None
    result: object = None
    refusal: Exception = None


@dataclass
class Pair:
    """One ticket (and another of the same customer), and two deeds at once."""

    ticket: object
    other: object
    deeds: list = field(default_factory=list)

    @property
    def names(self):
        return " + ".join(deed.name for deed in self.deeds)


def deeds_of(shop, ticket, other, person, version):
    """Everything one person may do, each a Deed. Replies are sent by safe send, by the version that was on the screen."""
    shop.words += 1
    words = f"words {shop.words}"
    colleague = shop.dice.choice(shop.people)
    priority = shop.dice.choice([value for value in Priority.values if value != ticket.priority])
    status = shop.dice.choice([row for row in shop.support.workflow.statuses.all() if not row.is_closed and row.pk != ticket.status_id])
    return [
        Deed("reply", lambda: lifecycle.reply_as_staff(ticket, text=words, by=person, seen_version=version), Kind.STAFF_REPLIED, words),
        Deed("unguarded reply", lambda: lifecycle.reply_as_staff(ticket, text=words, by=person), Kind.STAFF_REPLIED, words),
        Deed("note", lambda: lifecycle.add_note(ticket, text=words, by=person), Kind.NOTE_ADDED, words),
        Deed("customer", lambda: lifecycle.reply_as_customer(ticket, text=words), Kind.CUSTOMER_REPLIED, words),
        Deed("close", lambda: lifecycle.close_ticket(ticket, by=person), Kind.CLOSED),
        Deed("reopen", lambda: lifecycle.reopen_ticket(ticket, by=person), Kind.REOPENED),
        Deed("assign", lambda: lifecycle.assign_ticket(ticket, to=colleague, by=person), Kind.ASSIGNED),
        Deed("status", lambda: lifecycle.change_status(ticket, to=status, by=person, seen_version=version), Kind.STATUS_CHANGED),
        Deed("priority", lambda: lifecycle.change_priority(ticket, to=priority, by=person), Kind.PRIORITY_CHANGED),
        Deed("merge there", lambda: merge_tickets(ticket, into=other, by=person), Kind.MERGED),
        Deed("merge here", lambda: merge_tickets(other, into=ticket, by=person), Kind.MERGED),
    ]


def at_once(pool, deeds):
    """Both behind one barrier. A refusal in words is kept; anything else fails the run."""
    barrier = threading.Barrier(len(deeds))

    def do(deed):
        barrier.wait(20)
        try:
            deed.result = deed.call()
        except DeskError as refusal:
            deed.refusal = refusal

    list(pool.map(do, deeds))


def make_pair(shop, pool, names=None):
    ticket, other = (make_ticket(department=shop.support, customer=shop.kasia) for _ in range(2))
    if shop.dice.random() < 0.2 and names is None:
        ticket = lifecycle.close_ticket(ticket, by=shop.people[0])
    ticket.refresh_from_db()
    pair = Pair(ticket, other)
    for place, person in enumerate(shop.dice.sample(shop.people, 2)):
        choices = deeds_of(shop, ticket, other, person, ticket.version)
        deed = next(one for one in choices if one.name == names[place]) if names else shop.dice.choice(choices)
        deed.by = person
        pair.deeds.append(deed)
    at_once(pool, pair.deeds)
    return pair


def faults_of(pair):
    """Whatever is not as it must be, in words."""
    ticket = Ticket.objects.get(pk=pair.ticket.pk)
    for deed in pair.deeds:
        kept = Message.objects.filter(body_text=deed.words).count() if deed.words else None
        if deed.words and kept != (deed.refusal is None):
            yield f"{deed.name}: the words are there {kept} times, and the answer was {deed.refusal!r}"
        if deed.refusal and not isinstance(deed.refusal, ChangedMeanwhile | TicketIsMerged | MergedAway | MergeIntoClosed):
            yield f"{deed.name}: told {deed.refusal!r}"
    yield from _history(pair, ticket)
    if [deed.name for deed in pair.deeds] == ["reply", "reply"] and sum(deed.refusal is None for deed in pair.deeds) != 1:
        yield "of two who answered by the same screen not exactly one was told"
    merges = [deed for deed in pair.deeds if deed.kind == Kind.MERGED]
    if len({deed.name for deed in merges}) == 2 and sum(deed.refusal is None for deed in merges) != 1:
        yield "merged both ways: not exactly one won"
    merged = Ticket.objects.filter(pk__in=[pair.ticket.pk, pair.other.pk]).exclude(merged_into=None)
    if len(merged) > 1 or any(one.messages.exists() for one in merged):
        yield "messages stay behind in a merged ticket"


def _history(pair, ticket):
    """Each line follows from the one before, and the last ones say where the ticket stands."""
    events = list(TicketEvent.objects.filter(ticket=ticket).order_by("pk"))
    for deed in pair.deeds:
        if deed.refusal is None and deed.words:
            lines = TicketEvent.objects.filter(kind=deed.kind, message__body_text=deed.words)
            if len(lines) != 1 or (deed.name != "customer" and lines[0].actor_id != deed.by.pk):
                yield f"{deed.name}: {len(lines)} lines of history"
    for kind, now in ((Kind.ASSIGNED, ticket.assignee_id), (Kind.PRIORITY_CHANGED, ticket.priority)):
        lines = [event.details for event in events if event.kind == kind]
        for earlier, later in zip(lines, lines[1:], strict=False):
            if earlier["after"] != later["before"]:
                yield f"{kind}: the lines do not follow from one another: {lines}"
        if lines and lines[-1]["after"] != now:
            yield f"{kind}: the ticket has {now}, its history says {lines[-1]['after']}"
    turns = [event.kind for event in events if event.kind in {Kind.CLOSED, Kind.REOPENED}]
    if any(one == two for one, two in zip(turns, turns[1:], strict=False)):
        yield f"closed or opened twice: {turns}"
    if not ticket.merged_into_id and (turns[-1:] == [Kind.CLOSED]) != ticket.is_closed:
        yield f"the ticket is {'closed' if ticket.is_closed else 'open'}, its history says {turns}"


@pytest.fixture
def shop():
    support = make_department("Support")
    return Shop(support, [make_staff(name, support) for name in ("Alice", "Dan", "Vera")], make_customer("Kasia"), random.Random())


@pytest.fixture
def pool():
    with ThreadPoolExecutor(2) as threads:
        yield threads
        barrier = threading.Barrier(2)

        def end(_):
            barrier.wait(20)
            connection.close()

        list(threads.map(end, range(2)))


@pytest.mark.drawn(sqlite=1, postgres=1)
@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_any_two_deeds_at_once_no_word_is_lost_and_the_second_is_told(shop, pool, number):
    shop.dice.seed(f"two at once {number}")
    refused, faults = 0, []
    for _ in range(PAIRS):
        pair = make_pair(shop, pool)
        refused += sum(deed.refusal is not None for deed in pair.deeds)
        faults += [f"{pair.names}: {fault}" for fault in faults_of(pair)]

    print(f"round {number}: {PAIRS} pairs, {refused} told that somebody was first")
    assert faults == []


def test_two_who_answer_by_the_same_screen_and_two_who_merge_both_ways(shop, pool):
    """One test, because emptying the database after threads takes longer than all of this."""
    for _ in range(10):
        pair = make_pair(shop, pool, names=["reply", "reply"])
        assert list(faults_of(pair)) == []
        second = next(deed for deed in pair.deeds if deed.refusal)
        assert isinstance(second.refusal, ChangedMeanwhile)
        # Told, they look and send the same words anyway: nothing was lost.
        lifecycle.reply_as_staff(pair.ticket, text=second.words, by=second.by, seen_version=Ticket.objects.get(pk=pair.ticket.pk).version)
        assert Message.objects.filter(body_text=second.words, ticket=pair.ticket).count() == 1

        pair = make_pair(shop, pool, names=["merge there", "merge here"])
        assert list(faults_of(pair)) == []
        winner = next(deed for deed in pair.deeds if deed.refusal is None)
        loser = next(deed for deed in pair.deeds if deed.refusal)
        assert isinstance(loser.refusal, TicketIsMerged | MergedAway)
        kept = Ticket.objects.get(pk=winner.result.pk)
        assert kept.merged_into_id is None
        assert kept.messages.count() == 2
