"""Making the data: the plan once, then batch after batch, each committed together with the note that it is there."""

import time
from contextlib import nullcontext
from datetime import UTC, datetime
from random import Random

from django.db import connection, transaction
from django.db.models import Max

from helpdesk.generating import finding, progress
from helpdesk.generating.batches import known_customers
from helpdesk.generating.cast import make_cast
from helpdesk.generating.databases import database
from helpdesk.generating.numbers import number_of
from helpdesk.generating.producing import batches
from helpdesk.generating.tables import TABLES, ids_per_ticket
from tickets.models import HeldRequest, Ticket
from tickets.standing import keep_standing

BATCH = 5_000
#: From so many tickets on it pays to lay indexes aside.
LARGE = 20_000


def generate(tickets, *, seed=1, messages=5, until=None, batch=BATCH, processes=1, say=lambda words: None):
    """Fill the database until it holds so many made tickets. Returns the plan with all makings.

    What was begun and not finished is finished first, as it was begun. The same seed, sizes and moment make the same rows.
    """
    plan = progress.read() or _plan(seed, until)
    last = plan["makings"][-1] if plan["makings"] else None
    if last and not last["is_whole"]:
        say(f"Going on with {last['tickets']:,} tickets, of which {last['done'] * last['size']:,} are there.")
        _make(plan, last, processes, say)
    there = sum(making["tickets"] for making in plan["makings"])
    if there < tickets:
        making = _begin(plan, first=there, tickets=tickets - there, messages=messages, batch=batch)
        say("Store, departments, people and rights are there." if not there else f"{there:,} tickets are there already.")
        _make(plan, making, processes, say)
    return plan


@transaction.atomic
def _plan(seed, until):
    """The store and its people. The note of it is written with the first making."""
    until = until or datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    plan = {"seed": seed, "until": int(until.timestamp()), "makings": []}
    plan |= make_cast(Random(f"{seed}/cast"))
    progress.write(plan)
    return plan


@transaction.atomic
def _begin(plan, *, first, tickets, messages, batch):
    """Set ids aside, so that the product can write beside us, and lay aside what slows us down."""
    ids = {}
    for name, each in ids_per_ticket(messages).items():
        table = TABLES[name]
        base = (table.model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        ids[name] = [base, each]
        database().reserve(table, base + each * tickets)
    people = sum(known_customers(making["tickets"]) for making in plan["makings"])
    making = {
        "first": first,
        "people": people,
        "tickets": tickets,
        "messages": messages,
        "size": batch,
        "ids": ids,
        "done": 0,
        "is_whole": False,
    }
    making["taken"] = _taken(plan, first, tickets)
    making |= {"seconds": 0, "counts": dict.fromkeys(TABLES, 0), "laid_aside": []}
    if tickets >= LARGE:
        making["laid_aside"] = database().lay_indexes_aside()
    plan["makings"].append(making)
    progress.write(plan)
    return making


def _taken(plan, first, tickets):
    """Of the numbers that we would give, those that somebody has."""
    own = [(making["ids"]["tickets"][0], making["tickets"]) for making in plan["makings"]]
    others = Ticket.objects.all()
    for base, count in own:
        others = others.exclude(pk__gte=base, pk__lt=base + count)
    numbers = {*others.values_list("number", flat=True), *HeldRequest.objects.values_list("number", flat=True)}
    given = (number_of(first + place, seed=plan["seed"], digits=plan["digits"], prefix=plan["prefix"]) for place in range(tickets))
    return [number for number in given if number in numbers] if numbers else []


def _make(plan, making, processes, say):
    started, before = time.monotonic(), making["seconds"]
    is_large = making["tickets"] >= LARGE

    def note(**facts):
        making.update(facts, seconds=round(before + time.monotonic() - started, 1))
        progress.write(plan)

    with database().in_a_hurry() if is_large else nullcontext():
        with finding.without_index(is_large):
            for product in batches(plan, making, processes=processes, as_lines=database().as_lines):
                with transaction.atomic():
                    _write(product, making["counts"])
                    note(done=product.number + 1)
                _tell(making, say, time.monotonic() - started)
            say("Making the index of the search …")
        say("Making the indexes of the tables …")
        with transaction.atomic():
            _bring_back(making)
            note(laid_aside=[])
        if not connection.in_atomic_block:
            database().finish()
        with transaction.atomic():
            note(is_whole=True)


def _write(product, counts):
    for name, rows in product.tables.items():
        database().write(TABLES[name], rows)
        counts[name] += product.counts[name]
    finding.put(product.documents)


def _bring_back(making):
    """The indexes, and between them what stands on the customers' rows: counted by those of tickets, and in the way of their own."""
    customers = TABLES["customers"].name
    own = [order for order in making["laid_aside"] if customers in order]
    database().bring_back([order for order in making["laid_aside"] if order not in own])
    base, _each = making["ids"]["customers"]
    last = base + known_customers(making["tickets"])
    for start in range(base, last, BATCH):
        keep_standing(range(start, min(start + BATCH, last)))
    database().bring_back(own)


def _tell(making, say, seconds):
    there = min(making["done"] * making["size"], making["tickets"])
    say(f"{there:>9,} of {making['tickets']:,} tickets, {making['counts']['messages']:,} messages, {seconds:.0f} s")
