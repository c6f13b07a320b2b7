"""Letting the search find what was made: documents put together in the processes that compose, taken in by the one that writes."""

from contextlib import contextmanager, nullcontext

from customers.finding import CUSTOMERS
from tickets.search.index import TICKETS


def prepared(batch):
    """The documents of a batch as the database takes them."""
    customers = [(pk, None, [person.words, person.addresses]) for pk, person in batch.people]
    return CUSTOMERS.prepared(customers), TICKETS.prepared(batch.documents)


def put(documents):
    customers, tickets = documents
    CUSTOMERS.put(customers)
    TICKETS.put(tickets)


@contextmanager
def without_index(is_large):
    """Until the end nothing is found fast; then the indexes are made in one go. One that a kill has left without is made by the next run."""
    with TICKETS.without_index() if is_large else nullcontext():
        yield
