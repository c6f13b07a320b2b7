"""Digests instead of a flood: mails that waited for each other (gathering.py) leave as one, written by the clock.

The rows point to the digest that carries them; a single one leaves as itself. Each line is asked again for its reader's right when the
digest leaves (still_right.py), and what becomes of the digest becomes of its lines.
"""

from django.db import transaction
from django.utils import timezone

from notifications import waking
from notifications.choices import Channel, State, Template
from notifications.models import Delivery

#: So many readers are served in one turn of the clock; the next turn goes on.
MOST_READERS = 200


def sweep_gathered():
    """Write the digests whose time has come. Two clocks at once write each one once. Returns how many readers were served."""
    readers = Delivery.objects.gathered().filter(next_try_at__lte=timezone.now()).order_by()
    # A customer's answers stay apart by ticket, as their mails do: whoever answers the mail answers that ticket.
    to_staff = readers.filter(user__isnull=False).values("user", "store").distinct()[:MOST_READERS]
    to_customers = readers.filter(customer__isnull=False).values("customer", "ticket", "address").distinct()[:MOST_READERS]
    return sum(write_digest(**reader) for reader in [*to_staff, *to_customers])


@transaction.atomic
def write_digest(**reader):
    """Everything gathered for this reader into one mail; of one row the row itself. False when another clock has it."""
    rows = Delivery.objects.gathered().filter(**reader).select_for_update(of=("self",), skip_locked=True)
    rows = list(rows.select_related("store", "user").order_by("pk"))
    if not rows:
        return False
    if len(rows) == 1:
        Delivery.objects.filter(pk=rows[0].pk).update(state=State.QUEUED, next_try_at=timezone.now())
        waking.wake([rows[0].pk])
        return True
    last = rows[-1]
    same = {"channel": Channel.MAIL, "store": last.store, "address": last.address, "language": last.language}
    if last.user_id:
        same |= {"template": Template.DIGEST, "user": last.user, "recipient_key": last.recipient_key}
    else:
        same |= {"template": Template.ANSWERS, "customer_id": last.customer_id, "ticket_id": last.ticket_id, "event_id": last.event_id}
        same |= {"recipient_key": last.recipient_key}
    digest = Delivery.objects.create(**same)
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(digest=digest)
    waking.wake([digest.pk])
    return True
