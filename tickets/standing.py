"""What a customer's row says of their tickets, so that lists of customers never count tickets: kept with every event, in its transaction.

It tells of all tickets but the deleted and the merged ones, whoever may see them. So it is shown to, and sorted for, those alone who
see every ticket; for others it only spares look-ups (backoffice/customers/lists.py).
"""

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from customers.models import Customer
from tickets.choices import Kind
from tickets.models import Ticket

#: What changes it: tickets that come, close, open and go, messages, ratings.
KINDS = {
    Kind.OPENED, Kind.CUSTOMER_REPLIED, Kind.STAFF_REPLIED, Kind.NOTE_ADDED, Kind.STATUS_CHANGED, Kind.ACTION_DONE, Kind.CLOSED,
    Kind.REOPENED, Kind.RATED, Kind.MERGED, Kind.UNMERGED, Kind.DELETED, Kind.RESTORED,
}  # fmt: skip


def follow(event):
    """A reaction (helpdesk/reactions.py). It counts anew, so twice does no harm."""
    keep_standing([event.ticket.customer_id])


@transaction.atomic
def keep_standing(customer_ids):
    """Let the rows of these customers say what is so now. Two queries for any number of them."""
    # Locked first: a count that waited for another one's end must not have begun before it.
    locked = Customer.objects.filter(pk__in=customer_ids).order_by("pk").select_for_update(no_key=True)
    pks = list(locked.values_list("pk", flat=True))
    theirs = Ticket.objects.kept().unmerged().filter(customer=OuterRef("pk")).order_by()
    newest = theirs.order_by("-last_message_at", "-pk")
    Customer.objects.filter(pk__in=pks).update(
        tickets_count=_number(theirs),
        open_tickets=_number(theirs.still_open()),
        last_message_at=Subquery(newest.values("last_message_at")[:1]),
        last_rating=Subquery(newest.filter(rating__isnull=False).values("rating")[:1]),
    )


def _number(tickets):
    counted = tickets.values("customer").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
