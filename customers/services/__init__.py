"""Changing what we know of customers."""

from customers.services.blocks import block_customer, keep_blocked, unblock_customer
from customers.services.customers import (
    add_customer,
    adopt_proven_tickets,
    adopt_visitor_tickets,
    change_customer,
    customer_of,
    update_from_account,
    visitor,
)
from customers.services.notes import add_customer_note, add_organisation_note, change_customer_note, remove_customer_note
from customers.services.organisations import (
    follow_domain,
    put_into_organisation,
    remove_organisation,
    save_organisation,
    take_out_of_organisation,
)

__all__ = [
    "change_customer",
    "add_organisation_note",
    "follow_domain",
    "put_into_organisation",
    "remove_organisation",
    "save_organisation",
    "take_out_of_organisation",
    "change_customer_note",
    "remove_customer_note",
    "add_customer",
    "add_customer_note",
    "adopt_proven_tickets",
    "adopt_visitor_tickets",
    "block_customer",
    "customer_of",
    "keep_blocked",
    "unblock_customer",
    "update_from_account",
    "visitor",
]
