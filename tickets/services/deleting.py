"""Out of everybody's sight, back again within DAYS, and then gone for good."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from tickets.choices import Kind
from tickets.history import record
from tickets.models import Attachment, DraftFile, Ticket
from tickets.services.lifecycle import locked
from tickets.services.writing import touch

#: How long a deleted ticket can be brought back.
DAYS = 30


@transaction.atomic
def delete_ticket(ticket, *, by, reason=""):
    """Take the ticket out of every list, page, search and link, for everybody, the customer included. Raises TicketIsGone for a deleted one."""
    ticket = locked(ticket, even_merged=True)
    ticket.deleted_at = timezone.now()
    touch(ticket, "deleted_at")
    tell_deleted(ticket, by=by, reason=reason)
    return ticket


def tell_deleted(ticket, *, by, reason=""):
    """What is written down of a ticket that was put out of sight a moment ago."""
    record(ticket, Kind.DELETED, by=by)
    note(Deed.TICKET_DELETED, by=by, on=ticket, reason=reason)


@transaction.atomic
def restore_ticket(ticket, *, by):
    """Bring a deleted ticket back as it was. One that is there stays as it is."""
    Ticket.objects.select_for_update().values_list("pk").get(pk=ticket.pk)
    ticket = Ticket.objects.get(pk=ticket.pk)
    if not ticket.is_deleted:
        return ticket
    ticket.deleted_at = None
    touch(ticket, "deleted_at")
    record(ticket, Kind.RESTORED, by=by)
    note(Deed.TICKET_RESTORED, by=by, on=ticket)
    return ticket


def remove_deleted(*, limit=200):
    """Remove for good what was deleted more than DAYS ago, with all its messages and files. Returns how many tickets that were."""
    old = Ticket.objects.deleted().filter(deleted_at__lt=timezone.now() - timedelta(days=DAYS))
    pks = list(old.order_by("deleted_at").values_list("pk", flat=True)[:limit])
    return sum(_remove(pk, old) for pk in pks)


@transaction.atomic
def _remove(pk, old):
    ticket = old.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if ticket is None:  # brought back a moment ago, or another worker has it
        return 0
    return _remove_with_merged(ticket)


def _remove_with_merged(ticket):
    """The ticket, and those that were merged into it: all that was said in them is here."""
    removed = 1 + sum(_remove_with_merged(merged) for merged in Ticket.objects.filter(merged_into=ticket))
    kept = [*Attachment.objects.filter(message__ticket=ticket), *DraftFile.objects.of_tickets([ticket.pk])]
    files = [file for row in kept for file in (row.file, row.thumbnail) if file]
    note(Deed.TICKET_DELETED, on=ticket, after={"for_good": True, "files": len(files)})
    ticket.delete()
    transaction.on_commit(lambda: forget_files(files))
    return removed


def forget_files(files):
    """After the commit, so that no row ever names a file that is gone. One that stays behind is out of everybody's reach."""
    for file in files:
        file.storage.delete(file.name)
