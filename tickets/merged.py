"""Where a ticket goes on that was merged into another one."""

from tickets.models import Ticket


def end_of(ticket):
    """The ticket at the end of the way; the ticket itself where it was not merged. Costs a query per step, none without a step."""
    while ticket.merged_into_id is not None:
        ticket = Ticket.objects.for_page().get(pk=ticket.merged_into_id)
    return ticket


def end_for_customer(ticket):
    """The same for the customer who opens it: None when it belongs to somebody else, was deleted, or is kept from the portal."""
    end = end_of(ticket)
    return end if end.is_shown_to_customer and end.customer_id == ticket.customer_id else None
