"""Who reads along: people outside who get the answers by e-mail as the customer does. It opens no page to them."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from common.text import clean_line
from customers.models import Customer
from tickets.choices import Kind
from tickets.errors import AddressUnfit, CustomerInCopy, TooManyCopies
from tickets.history import record
from tickets.models import TicketCopy
from tickets.services.lifecycle import locked
from tickets.services.writing import touch

MOST_IN_COPY = 10


@transaction.atomic
def copy_to(ticket, people, *, by, may_know=False):
    """Let these people read along: [(name or "", address), …]. Who does already stays as they are.

    `may_know`: whether the doer may know customers; then somebody we know goes by the name we know.
    Raises AddressUnfit, CustomerInCopy or TooManyCopies, and then adds nobody.
    """
    ticket = locked(ticket)
    there = {row.email.lower() for row in ticket.copies.running()}
    wanted = {}
    for name, email in people[: MOST_IN_COPY + 1]:
        email = fit_address(email)
        if email.lower() not in there:
            wanted.setdefault(email.lower(), (clean_line(name, 80), email))
    if len(people) > MOST_IN_COPY or len(there) + len(wanted) > MOST_IN_COPY:
        raise TooManyCopies(MOST_IN_COPY)
    customer = ticket.customer
    if wanted.keys() & {address.lower() for address in (customer.email, customer.user.email if customer.user else "") if address}:
        raise CustomerInCopy()
    if not wanted:
        return ticket
    known = _names_we_know(wanted) if may_know else {}
    added = [
        TicketCopy.objects.create(ticket=ticket, email=email, name=name or known.get(key) or email, added_by=by)
        for key, (name, email) in wanted.items()
    ]
    touch(ticket)
    record(ticket, Kind.COPIED, by=by, copies=[row.pk for row in added])
    return ticket


@transaction.atomic
def end_copy(copy, *, by):
    """Let this person read along no more. Who does not any more goes on not doing so."""
    ticket = locked(copy.ticket)
    if ticket.copies.running().filter(pk=copy.pk).update(ended_at=timezone.now()):
        touch(ticket)
        record(ticket, Kind.UNCOPIED, by=by, copies=[copy.pk])
    return ticket


def fit_address(email):
    """One address, fit for a header. Raises AddressUnfit."""
    typed = str(email or "")
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in typed.strip()):
        raise AddressUnfit()
    name, _at, host = clean_line(typed).rpartition("@")
    address = f"{name}@{host.lower()}"
    try:
        validate_email(address)
    except ValidationError as error:
        raise AddressUnfit() from error
    if len(address) > 254:
        raise AddressUnfit()
    return address


def _names_we_know(wanted):
    rows = Customer.objects.filter(email__in=[email for _name, email in wanted.values()]).values_list("email", "name")
    return {email.lower(): clean_line(name, 80) for email, name in rows if name}
