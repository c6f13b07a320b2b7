"""What a customer's row says of their tickets, so that lists of customers never count tickets: kept with every event, in its transaction.

It tells of all tickets but the deleted and the merged ones, whoever may see them. So it is shown to, and sorted for, those alone who
see every ticket; for others it only spares look-ups (backoffice/customers/lists.py).
"""

from functools import cache

from django.db import connection, transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.db.models.sql import UpdateQuery

from common.planned import planned_cursor
from common.prepared import Prepared
from customers.models import Customer
from tickets.choices import Kind
from tickets.models import Ticket

#: Stands for the customer in what is written once.
_STAND_IN = 8_070_605_040_302_010
#: What changes it: tickets that come, close, open and go, messages, ratings.
KINDS = {
    Kind.OPENED, Kind.CUSTOMER_REPLIED, Kind.STAFF_REPLIED, Kind.NOTE_ADDED, Kind.STATUS_CHANGED, Kind.ACTION_DONE, Kind.CLOSED,
    Kind.REOPENED, Kind.RATED, Kind.MERGED, Kind.UNMERGED, Kind.DELETED, Kind.RESTORED, Kind.SPLIT,
}  # fmt: skip


def follow(event):
    """A reaction (helpdesk/reactions.py). It counts anew, so twice does no harm."""
    keep_standing([event.ticket.customer_id])


@transaction.atomic(savepoint=False)
def keep_standing(customer_ids):
    """Let the rows of these customers say what is so now. Two queries for any number of them."""
    pks = list(customer_ids)
    # Locked first: a count that waited for another one's end must not have begun before it.
    if len(pks) == 1:
        _lock(pk=pks[0])
        with planned_cursor(connection) as cursor:
            cursor.execute(*_written(connection.vendor, pks[0]))
        return
    locked = Customer.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    Customer.objects.filter(pk__in=list(locked.values_list("pk", flat=True))).update(**_facts())


@Prepared
def _lock(pk):
    return Customer.objects.filter(pk=pk).select_for_update(no_key=True).values_list("pk")


def _facts():
    theirs = Ticket.objects.kept().unmerged().filter(customer=OuterRef("pk")).order_by()
    newest = theirs.order_by("-last_message_at", "-pk")
    return {
        "tickets_count": _number(theirs),
        "open_tickets": _number(theirs.still_open()),
        "last_message_at": Subquery(newest.values("last_message_at")[:1]),
        "last_rating": Subquery(newest.filter(rating__isnull=False).values("rating")[:1]),
    }


def _written(vendor, pk):
    """The same for one customer, as it follows each event: Django needs longer to write this SQL than the database to answer it."""
    sql, parameters = _sql(vendor)
    return sql, [pk if parameter == _STAND_IN else parameter for parameter in parameters]


@cache
def _sql(vendor):
    query = Customer.objects.filter(pk=_STAND_IN).query.chain(UpdateQuery)
    query.add_update_values(_facts())
    return query.get_compiler(connection=connection).as_sql()


def _number(tickets):
    counted = tickets.values("customer").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
