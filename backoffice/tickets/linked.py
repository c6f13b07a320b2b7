"""The tickets that belong to one ticket, as its reader sees them. Of what they do not see there is not even a hint."""

from dataclasses import dataclass

from django.db.models import Case, Exists, F, OuterRef, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.choices import LinkKind
from tickets.covering import cover_ticket
from tickets.models import Ticket, TicketLink

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
    link: TicketLink
    other: Ticket
    side: str

    @property
    def words(self):
        return WORDS[self.link.kind, self.side]

    @property
    def is_in_the_way(self):
        """Whether the ticket before us should wait for the other one."""
        return self.link.kind == LinkKind.BLOCKS and self.side == TARGET and not self.other.is_closed


def links_before(ticket, sight, known_stores):
    """[Linked] in the order of WORDS. One query."""
    other = Case(When(source=ticket.pk, then=F("target")), default=F("source"))
    seen = Ticket.objects.visible_to(sight).filter(pk=OuterRef("other"))
    people = [f"{side}__{name}" for side in (SOURCE, TARGET) for name in ("status", "customer__user")]
    links = TicketLink.objects.of(ticket).annotate(other=other).filter(Exists(seen)).select_related(*people)
    found = []
    for link in links.order_by("made_at", "pk"):
        side = SOURCE if link.source_id == ticket.pk else TARGET
        one = link.target if side == SOURCE else link.source
        found.append(Linked(link, cover_ticket(one, known_stores.mask(one)), side))
    places = list(WORDS)
    return sorted(found, key=lambda row: places.index((row.link.kind, row.side)))
