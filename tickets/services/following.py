"""What a customer says to a ticket that was closed too long ago: a new one that goes on from it, where the store's owner wants that."""

from django.db import transaction

from tickets.choices import Kind, LinkKind, Source
from tickets.history import record
from tickets.reopening import may_follow_up
from tickets.services.lifecycle import locked_end, open_ticket, reply_as_customer
from tickets.services.linking import put_link


@transaction.atomic
def answer_as_customer(ticket, *, text="", html="", files=(), by=None, source=Source.PORTAL):
    """Take the customer's words wherever they belong: in the ticket itself, or in a new one that is linked to it.

    Returns the ticket in which they stand. Raises what `reply_as_customer` and `open_ticket` raise.
    """
    ticket = locked_end(ticket)
    if not may_follow_up(ticket):
        return reply_as_customer(ticket, text=text, html=html, files=files, by=by, source=source)
    new = open_ticket(
        store=ticket.store, department=ticket.department, customer=ticket.customer, subject=ticket.subject, text=text, html=html, files=files,
        source=source, language=ticket.language, request_type=ticket.request_type,
    )  # fmt: skip
    put_link(ticket, new, LinkKind.FOLLOWS)
    record(ticket, Kind.FOLLOWED, by_customer=True, into=new.pk, number=new.number)
    record(new, Kind.FOLLOWED, by_customer=True, source=ticket.pk, number=ticket.number)
    return new
