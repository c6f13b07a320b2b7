"""Fifty tickets by their ids, with what a row of staff shows.

Ids were found a moment ago; the rows are read by one prepared query of fixed length. Statuses, departments and request types are few and
kept, so they are not joined fifty times.
"""

from functools import cache

from common.kept import kept
from common.prepared import Prepared
from departments.models import Department, RequestType
from statuses.models import Status
from tickets.models import Ticket

#: How many ids one question holds; a page has one question, or a few.
LENGTH = 50


@cache
def _rows(more):
    return Prepared(lambda user, **ids: Ticket.objects.filter(pk__in=list(ids.values())).for_rows(*more).with_unread_of(user))


def rows_by_id(ids, sight, *, more=()):
    """{id: ticket} of those that the Sight sees, with `is_unread` for its person. What is not seen any more is left out.

    `more`: columns that this page shows besides.
    """
    found, rows = {}, _rows(tuple(sorted(more)))
    for start in range(0, len(ids), LENGTH):
        some = ids[start : start + LENGTH]
        asked = {f"id{place}": some[min(place, len(some) - 1)] for place in range(LENGTH)}
        found |= {ticket.pk: ticket for ticket in rows(user=sight.user.pk, **asked) if sight.sees(ticket)}
    return with_settings(found)


def with_settings(tickets):
    """Gives each its status, department and request type as they are kept. They are shared: for reading."""
    for name, model in (("status", Status), ("department", Department), ("request_type", RequestType)):
        field, there = Ticket._meta.get_field(name), _kept(model)
        for ticket in tickets.values():
            key = ticket.__dict__[field.attname]
            if key in there:
                field.set_cached_value(ticket, there[key])
    return tickets


def _kept(model):
    return kept(("rows", model._meta.label), model.objects.in_bulk)
