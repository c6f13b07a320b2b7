"""The exception: one ticket opened to one person, for a while or until it is taken back."""

from django.db import transaction

from audit.choices import Deed
from audit.log import note
from tickets.choices import Kind
from tickets.errors import CannotBeShared
from tickets.history import record
from tickets.models import TicketShare
from tickets.services.lifecycle import locked


@transaction.atomic
def share_ticket(ticket, *, user, right, ends_at=None, by):
    """Open this one ticket to an active member of staff. Sharing again changes what they may do and until when."""
    ticket = locked(ticket)
    if not (user.is_active and user.is_staff):
        raise CannotBeShared()
    share, made = TicketShare.objects.select_for_update().get_or_create(
        ticket=ticket, user=user, defaults={"right": right, "ends_at": ends_at, "shared_by": by}
    )
    if not made:
        if (share.right, share.ends_at) == (right, ends_at):
            return share
        share.right, share.ends_at, share.shared_by = right, ends_at, by
        share.save(update_fields=["right", "ends_at", "shared_by"])
    until = ends_at.isoformat() if ends_at else None
    record(ticket, Kind.SHARED, by=by, whom=user.pk, right=str(right), until=until)
    note(Deed.TICKET_SHARED, by=by, on=ticket, after={"whom": user.pk, "name": str(user), "right": str(right), "until": until})
    return share


@transaction.atomic
def end_share(share, *, by):
    """Take the ticket back from this person. Ending what ended changes nothing."""
    ticket = locked(share.ticket, even_merged=True)
    if TicketShare.objects.filter(pk=share.pk).delete()[0]:
        record(ticket, Kind.UNSHARED, by=by, whom=share.user_id)
        note(Deed.TICKET_UNSHARED, by=by, on=ticket, before={"whom": share.user_id, "name": str(share.user)})
    return ticket
