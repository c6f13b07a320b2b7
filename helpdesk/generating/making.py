"""Making the data: the plan once, then batch after batch, each committed together with the note that it is there."""

import time
from contextlib import nullcontext
from datetime import UTC, datetime
from random import Random

from django.db import connection, transaction
from django.db.models import Max

from helpdesk.generating import finding, progress
from helpdesk.generating.cast import make_cast
from helpdesk.generating.databases import database
from helpdesk.generating.producing import batches
from helpdesk.generating.tables import TABLES, ids_per_ticket

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
    making = {"first": first, "tickets": tickets, "messages": messages, "size": batch, "ids": ids, "done": 0, "is_whole": False}
    making |= {"seconds": 0, "counts": dict.fromkeys(TABLES, 0), "laid_aside": []}
    if tickets >= LARGE:
        making["laid_aside"] = database().lay_indexes_aside()
    plan["makings"].append(making)
    progress.write(plan)
    return making


def _make(plan, making, processes, say):
    store = database()
    started, before = time.monotonic(), making["seconds"]
    with store.in_a_hurry() if making["tickets"] >= LARGE else nullcontext():
        with finding.without_index(making):
            for product in batches(plan, making, processes=processes, as_lines=store.as_lines):
                with transaction.atomic():
                    for name, rows in product.tables.items():
                        store.write(TABLES[name], rows)
                    finding.load(product)
                    making["done"] = product.number + 1
                    making["seconds"] = round(before + time.monotonic() - started, 1)
                    for name, count in product.counts.items():
                        making["counts"][name] += count
                    progress.write(plan)
                _tell(making, say, time.monotonic() - started)
            say("Making the search index …")
        say("Making the indexes …")
        with transaction.atomic():
            store.bring_back(making["laid_aside"])
            making["laid_aside"] = []
            progress.write(plan)
        if not connection.in_atomic_block:
            store.finish()
        with transaction.atomic():
            making["is_whole"] = True
            making["seconds"] = round(before + time.monotonic() - started, 1)
            progress.write(plan)


def _tell(making, say, seconds):
    there = min(making["done"] * making["size"], making["tickets"])
    say(f"{there:>9,} of {making['tickets']:,} tickets, {making['counts']['messages']:,} messages, {seconds:.0f} s")
