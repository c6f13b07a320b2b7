"""Another workflow for a department whose tickets live in the present one."""

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from departments.models import Department
from statuses.models import Status, StatusKind
from tickets.choices import Kind
from tickets.errors import MovesAreMissing
from tickets.models import Ticket, TicketEvent


def statuses_in_use(department, to):
    """Statuses in which the department has tickets and which the workflow `to` does not know, each with `amount` and `open_amount`."""
    of_it = Q(tickets__department=department, tickets__deleted_at=None)
    used = Status.objects.exclude(workflow=to).filter(tickets__department=department)
    return used.annotate(amount=Count("tickets", of_it, distinct=True)).order_by("position", "pk")


def may_become(status, to):
    """What a ticket in this status may become in the workflow: what is closed stays closed, what is open stays open."""
    return [other for other in to.kept_statuses() if other.is_closed == status.is_closed]


def likely_move(status, to):
    """The status of the same kind, else the first that is ours to act on; what is closed finds the closed one. None where there is none."""
    if status.is_closed:
        return to.closing_status()
    found = to.status_of_kind(status.kind, StatusKind.OPEN, StatusKind.NEW)
    return found or to.first_status()


@transaction.atomic
def change_workflow(department, *, to, moves=None, by):
    """Let the department follow another workflow; its tickets go where `moves` ({old status id: new status}) says, else by kind.

    Each ticket's history has a line of it, and nobody is sent a message. Raises MovesAreMissing where a status has nowhere to go.
    """
    department = Department.objects.select_for_update().select_related("workflow").get(pk=department.pk)
    before = department.workflow
    if before.pk == to.pk:
        return department
    department.workflow = to
    department.save(update_fields=["workflow"])
    moved = 0
    for status in statuses_in_use(department, to):
        target = (moves or {}).get(status.pk) or likely_move(status, to)
        if target is None or target not in may_become(status, to):
            raise MovesAreMissing()
        moved += _move(department, status, target, by)
    facts = {"workflow": str(to), "tickets_moved": moved}
    note(Deed.SETTINGS_CHANGED, by=by, on=department, before={"workflow": str(before)}, after=facts)
    return department


def _move(department, status, target, by):
    """All tickets of one status at once. Nothing hears of it but the history."""
    now = timezone.now()
    tickets = Ticket.objects.filter(department=department, status=status)
    ids = list(tickets.select_for_update().order_by("pk").values_list("pk", flat=True))
    tickets.update(status=target, status_since=now, updated_at=now, version=F("version") + 1)
    TicketEvent.objects.bulk_create(
        [
            TicketEvent(
                ticket_id=pk, kind=Kind.STATUS_CHANGED, actor=by, details={"before": status.pk, "after": target.pk}, announced_at=now
            )
            for pk in ids
        ],
        batch_size=500,
    )
    return len(ids)
