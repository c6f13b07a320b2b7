"""Reasons speak of customers. Whoever may not know the customer reads them as they read the ticket: covered."""

from customers.masking import OPEN, Mask
from customers.models import Customer
from tickets.covering import known_stores
from tickets.models import Ticket


class _Gone:
    """Nobody knows any more what was to be covered, so nothing is told."""

    def text(self, text):
        return ""


def masks_of(lines, reader):
    """{line id: mask} of the lines about tickets and customers that have a reason. No query where none has."""
    about = {kind: _ids(kind, lines) for kind in ("ticket", "customer")}
    if not any(about.values()):
        return {}
    known = known_stores(reader)
    tickets = Ticket.objects.select_related("customer__user").in_bulk(about["ticket"].values())
    customers = Customer.objects.select_related("user").in_bulk(about["customer"].values())
    knows_all = len(known) == len(known.regions)
    masks = {line: known.mask(tickets[pk]) if pk in tickets else _gone(knows_all) for line, pk in about["ticket"].items()}
    for line, pk in about["customer"].items():
        masks[line] = OPEN if knows_all else Mask.of(customers[pk]) if pk in customers and not customers[pk].erased_at else _Gone()
    return masks


def _ids(kind, lines):
    """{line id: id of the thing}"""
    return {line.pk: int(line.subject_id) for line in lines if line.reason and line.subject_type == kind and line.subject_id.isdecimal()}


def _gone(knows_all):
    return OPEN if knows_all else _Gone()
