"""When a status goes: its tickets move to another one, all at once."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from statuses.models import StatusKind
from tickets.choices import Kind
from tickets.errors import StatusOfAnotherWorkflow
from tickets.models import Ticket, TicketEvent

AT_ONCE = 1000


@transaction.atomic
def move_tickets(moves, *, by):
    """Move every ticket of each status to another one of the same workflow: {status: status}. Returns how many moved.

    Closed tickets stay closed and open ones open, so only statuses that are alike in this are taken. Each ticket gets a line in
    its history; nobody is told, since nothing happened to the request itself.
    """
    moved = 0
    for old, new in moves.items():
        if old.workflow_id != new.workflow_id or old.is_closed != new.is_closed:
            raise StatusOfAnotherWorkflow()
        while chunk := list(Ticket.objects.select_for_update().filter(status=old).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            _move(chunk, old, new, by)
            moved += len(chunk)
    return moved


def _move(tickets, old, new, by):
    now = timezone.now()
    # As when one ticket is moved there by hand: nobody waits for our words any more.
    waits = {"waiting_since": None, "answer_due_at": None} if new.kind == StatusKind.WAITING_FOR_CUSTOMER else {}
    Ticket.objects.filter(pk__in=tickets).update(status=new, status_since=now, updated_at=now, version=F("version") + 1, **waits)
    details = {"before": old.pk, "after": new.pk, "retired": True}
    TicketEvent.objects.bulk_create(
        TicketEvent(ticket_id=pk, kind=Kind.STATUS_CHANGED, actor=by, details=details, created_at=now, announced_at=now) for pk in tickets
    )
