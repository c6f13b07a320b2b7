"""Uncovering a customer for a reason: for a while, counted, and written down. The right to it is the doors' matter."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from common.text import clean_line
from customers.models import Reveal
from customers.reveals import reveals_of
from tickets.errors import ReasonTooShort, TooManyReveals

LASTS = timedelta(minutes=15)
MOST_A_DAY = 20
SHORTEST_REASON = 10


@transaction.atomic
def reveal_customer(ticket, *, reason, by):
    """Show the ticket's customer to this person until LASTS is over. While a reveal runs, it stays the one there is.

    Raises ReasonTooShort, and TooManyReveals after MOST_A_DAY in a day.
    """
    reason = clean_line(reason, 300)
    if sum(map(str.isalnum, reason)) < SHORTEST_REASON:
        raise ReasonTooShort(SHORTEST_REASON)
    # One after the other, so that two windows do not both find the last one of the day.
    get_user_model().objects.select_for_update().get(pk=by.pk)
    running = by.reveals.running().filter(customer=ticket.customer_id).order_by("-ends_at").first()
    if running:
        return running
    if reveals_of(by, days=1).count() >= MOST_A_DAY:
        raise TooManyReveals(MOST_A_DAY)
    now = timezone.now()
    reveal = Reveal.objects.create(customer_id=ticket.customer_id, user=by, reason=reason, created_at=now, ends_at=now + LASTS)
    # Named by number: not everybody who reads the log may know the customer.
    facts = {"ticket": ticket.number, "customer": ticket.customer_id, "until": reveal.ends_at.isoformat()}
    note(Deed.REVEALED, by=by, on=reveal.customer, name=f"#{ticket.customer_id}", after=facts, reason=reason)
    return reveal


def cover_again(ticket, *, by):
    """Before its time is over. Covering what is covered changes nothing."""
    by.reveals.running().filter(customer=ticket.customer_id).update(ends_at=timezone.now())
