"""What kind of request a ticket is."""

from django.db import transaction

from departments.models import RequestType
from tickets.choices import Kind
from tickets.errors import TypeOfAnotherDepartment
from tickets.history import record
from tickets.services.lifecycle import locked
from tickets.services.writing import touch


@transaction.atomic
def change_request_type(ticket, *, to, by=None):
    """Say what kind of request it is; None takes the word away. Saying the same again changes nothing.

    Raises TypeOfAnotherDepartment for a type its department does not have.
    """
    ticket = locked(ticket)
    before = ticket.request_type_id
    if before == (to and to.pk):
        return ticket
    if to and not RequestType.objects.of_department(ticket.department).filter(pk=to.pk).exists():
        raise TypeOfAnotherDepartment()
    ticket.request_type = to
    touch(ticket, "request_type")
    record(ticket, Kind.TYPE_CHANGED, by=by, before=before, after=to and to.pk)
    return ticket
