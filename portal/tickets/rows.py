"""One of my requests as a line of a list."""

from dataclasses import dataclass

from django.urls import reverse

from portal.tickets.turns import Turn, turn_of
from tickets.models import Ticket


@dataclass(frozen=True)
class Row:
    ticket: Ticket
    turn: Turn
    url: str
    asked_by: str = ""

    @property
    def stage(self):
        """The owner's word for customers, where it says more than the turn does."""
        name = self.ticket.status.portal_name
        return "" if self.turn.is_over or name == self.turn.words else name


def rows_of(tickets, *, of_others=False):
    """[Row] of tickets that came with what for_portal_list brings; `of_others`: with who asked, as for_colleagues_list does."""
    before, _number, after = reverse("portal:ticket", args=["NUMBER"]).partition("NUMBER")
    return [
        Row(ticket, turn_of(ticket), f"{before}{ticket.number}{after}", ticket.customer.name if of_others else "") for ticket in tickets
    ]
