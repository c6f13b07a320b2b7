"""Batches composed in processes of their own, handed over in their order. Nothing of the database is touched here.

A new process imports this file before Django is set up, so what needs models is imported inside.
"""

import multiprocessing
from collections import deque
from typing import NamedTuple

_given = {}


class Product(NamedTuple):
    """What one batch is for the database: by table, lines for COPY or rows; and the documents of the search."""

    number: int
    tickets: int
    tables: dict
    counts: dict
    documents: tuple


def batches(plan, making, *, processes, as_lines):
    """Every batch that is still missing. No more than a few wait in memory."""
    missing = range(making["done"], -(-making["tickets"] // making["size"]))
    if processes < 2 or len(missing) < 2:
        _begin(plan, making, as_lines)
        yield from map(_compose, missing)
        return
    # A process forked from one with a pool of database connections would inherit its locks.
    with multiprocessing.get_context("spawn").Pool(processes, _begin_anew, (plan, making, as_lines)) as pool:
        ahead = deque()
        for number in missing:
            ahead.append(pool.apply_async(_compose, (number,)))
            if len(ahead) > processes + 1:
                yield ahead.popleft().get()
        while ahead:
            yield ahead.popleft().get()


def _begin_anew(*given):
    import django

    django.setup()
    _begin(*given)


def _begin(plan, making, as_lines):
    _given.update(plan=plan, making=making, as_lines=as_lines)


def _compose(number):
    from helpdesk.generating import finding
    from helpdesk.generating.batches import Batch
    from helpdesk.generating.copying import lines_of
    from helpdesk.generating.tables import TABLES

    batch = Batch(_given["plan"], _given["making"], number).compose()
    prepare = lines_of if _given["as_lines"] else _with_constants
    tables = {name: prepare(rows, TABLES[name].constants) for name, rows in batch.rows.items()}
    counts = {name: len(rows) for name, rows in batch.rows.items()}
    return Product(number, batch.tickets, tables, counts, finding.prepared(batch))


def _with_constants(rows, constants):
    return [row + constants for row in rows] if constants else rows
