"""Tickets as the lists show them: with a name the reader may know, and what the time column says."""

from backoffice.tickets.due import due_words
from common.moments import format_moment
from tickets.covering import cover_ticket


def dress(tickets, known_stores):
    """Give each ticket `customer_words`, `when`, `when_tone` and `when_at` for its row; cover those whose customer is not to be known."""
    for ticket in tickets:
        cover_ticket(ticket, known_stores.mask(ticket))
        ticket.customer_words = str(ticket.customer)
        ticket.when_tone = ""
        if ticket.answer_due_at:
            ticket.when_at = ticket.answer_due_at
            ticket.when, ticket.when_tone = due_words(ticket.answer_due_at)
        elif ticket.closed_at:
            ticket.when_at = ticket.closed_at
            ticket.when = format_moment(ticket.closed_at, "day")
        else:
            ticket.when_at = ticket.last_message_at
            ticket.when = format_moment(ticket.last_message_at, "ago")
    return tickets
