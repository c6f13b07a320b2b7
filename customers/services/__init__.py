"""Changing what we know of customers."""

from customers.services.customers import (
    add_customer,
    adopt_proven_tickets,
    adopt_visitor_tickets,
    customer_of,
    update_from_account,
    visitor,
)
from customers.services.notes import add_customer_note

__all__ = [
    "add_customer",
    "add_customer_note",
    "adopt_proven_tickets",
    "adopt_visitor_tickets",
    "customer_of",
    "update_from_account",
    "visitor",
]
