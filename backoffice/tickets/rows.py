"""Tickets as the lists show them: with a name the reader may know, and what the time column says."""

from django.utils.translation import gettext as _

from backoffice.tickets.due import due_words
from common.moments import format_moment
from customers.names import customer_words


def reach_words(customer):
    """By which ways our words reach this customer."""
    account = customer.user
    has_email = bool((account.email if account else "") or customer.email)
    has_phone = bool((account.phone if account else "") or customer.phone)
    if has_email and has_phone:
        return _("by e-mail and SMS")
    if has_email:
        return _("by e-mail")
    return _("by SMS") if has_phone else _("in the portal only")


def dress(tickets, known_stores):
    """Give each ticket `customer_words`, `when`, `when_tone` and `when_at` for its row."""
    for ticket in tickets:
        ticket.customer_words = customer_words(ticket.customer, ticket.store_id in known_stores)
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
