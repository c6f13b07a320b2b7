"""The tickets that belong to one ticket, as its reader sees them. Of what they do not see there is not even a hint."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.choices import LinkKind
from tickets.covering import cover_ticket
from tickets.models import Ticket

SOURCE, TARGET = "source", "target"
#: (kind, the side on which the ticket before us stands): what the other one is to it.
WORDS = {
    (LinkKind.BLOCKS, TARGET): _("Has to be closed first"),
    (LinkKind.PARENT, TARGET): _("This is a part of"),
    (LinkKind.PARENT, SOURCE): _("Parts of this"),
    (LinkKind.BLOCKS, SOURCE): _("Waits for this one"),
    (LinkKind.SPLIT, TARGET): _("Split off from"),
    (LinkKind.SPLIT, SOURCE): pgettext_lazy("linked tickets", "Split off"),
    (LinkKind.FOLLOWS, TARGET): _("Goes on from"),
    (LinkKind.FOLLOWS, SOURCE): _("Goes on in"),
    (LinkKind.RELATED, TARGET): pgettext_lazy("linked tickets", "Related"),
    (LinkKind.RELATED, SOURCE): pgettext_lazy("linked tickets", "Related"),
}


@dataclass(frozen=True)
class Linked:
    """A link of the ticket before us: its id and kind, the side on which that ticket stands, and the other one."""

    pk: int
    kind: str
    side: str
    other: Ticket

    @property
    def words(self):
        return WORDS[self.kind, self.side]

    @property
    def is_in_the_way(self):
        """Whether the ticket before us should wait for the other one."""
        return self.kind == LinkKind.BLOCKS and self.side == TARGET and not self.other.is_closed


def link_rows(ticket):
    """[(id, kind, side, id of the other ticket)] of a ticket that came from its door (backoffice.doors), seen or not. No query."""
    return [(row["id"], row["kind"], side, row["other"]) for side in (SOURCE, TARGET) for row in getattr(ticket, f"link_rows_{side}") or ()]


def linked_tickets(seen, rows):
    """The other tickets, by id. `seen`: all that the reader sees. One query, none without a link."""
    return seen.select_related("status", "customer__user").in_bulk([other for *_link, other in rows]) if rows else {}


def links_before(rows, tickets, known_stores):
    """[Linked] in the order of WORDS: those whose other ticket is among these, which get covered."""
    places = list(WORDS)
    found = [Linked(pk, kind, side, tickets[other]) for pk, kind, side, other in rows if other in tickets]
    for row in found:
        cover_ticket(row.other, known_stores.mask(row.other))
    return sorted(found, key=lambda row: (places.index((row.kind, row.side)), row.pk))
