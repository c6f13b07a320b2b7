"""What was closed long enough ago is deleted for good, with its files, as the store's owner wants it."""

from calendar import monthrange

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from stores.models import Store
from tickets.models import Attachment, DraftFile, Ticket
from tickets.services.deleting import forget_files
from tickets.standing import keep_standing


def overdue(store, months, *, now=None):
    """Tickets of the store that were closed more than so many months ago. What was merged goes with the ticket it goes on in."""
    until = months_before(now or timezone.now(), months)
    return Ticket.objects.filter(store=store, closed_at__lt=until, merged_into=None)


def remove_overdue(*, limit=200):
    """Delete what every store's retention asks for, so many tickets of each at most. Returns how many went."""
    return sum(_remove_of(store, limit) for store in Store.objects.exclude(retention_months=None).order_by("pk"))


@transaction.atomic
def _remove_of(store, limit):
    old = overdue(store, store.retention_months)
    # Opened again a moment ago, or another worker has it: both are left alone.
    found = old.order_by("closed_at", "pk").select_for_update(skip_locked=True, of=("self",))[:limit]
    pks = [ticket.pk for ticket in found]
    if not pks:
        return 0
    pks = _with_merged(pks)
    kept = [*Attachment.objects.filter(message__ticket__in=pks), *DraftFile.objects.of_tickets(pks)]
    files = [file for row in kept for file in (row.file, row.thumbnail) if file]
    note(Deed.TICKET_DELETED, on=store, after={"for_good": True, "tickets": len(pks), "files": len(files)})
    customers = set(Ticket.objects.filter(pk__in=pks).values_list("customer", flat=True))
    Ticket.objects.filter(pk__in=pks).delete()
    keep_standing(customers)
    transaction.on_commit(lambda: forget_files(files))
    return len(pks)


def months_before(moment, months):
    """The same day so many months earlier, or the last one of a month that is too short."""
    month = moment.year * 12 + moment.month - 1 - months
    year, month = month // 12, month % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _with_merged(pks):
    """These tickets and all that were merged into them, however long the way."""
    found, level = list(pks), pks
    while level := list(Ticket.objects.filter(merged_into__in=level).values_list("pk", flat=True)):
        found += level
    return found
