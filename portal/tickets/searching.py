"""Searching my requests: by what their customer may read, never by what staff noted."""

from dataclasses import dataclass, replace

from common.numbers import local_digits
from tickets.models import Message
from tickets.search.index import PORTAL_ZONES
from tickets.search.lines import lines_of


@dataclass(frozen=True)
class Found:
    """The words of a row with its hits marked. `line`: what was said around a hit, "" where the row shows all there is to see."""

    subject: str
    number: str
    last_words: str
    line: str = ""


FEW = 2000


def matching(tickets, search):
    """Those that fit; all of them where nothing was typed, none where nothing of it is a word."""
    if not search:
        return tickets
    if search.is_hopeless:
        return tickets.none()
    if not search.wanted:
        return tickets
    # One's own are few: their documents are opened sooner than a common word is looked up among everybody's.
    own = list(tickets.order_by().values_list("pk", flat=True)[: FEW + 1])
    return tickets.matching(search.wanted, zones=PORTAL_ZONES, among=own if len(own) <= FEW else None)


def show_found(tickets, search):
    """Give each ticket of a page `found`."""
    hits, unexplained = search.hits, []
    for ticket in tickets:
        words = (ticket.subject, local_digits(ticket.number), ticket.last_public_words)
        ticket.found = Found(*map(hits.marked, words))
        if not hits.has_all(*words):
            unexplained.append(ticket)
    lines = lines_of(unexplained, hits, Message.objects.shown_to_customer)
    for ticket in unexplained:
        if ticket.pk in lines:
            ticket.found = replace(ticket.found, line=lines[ticket.pk][0])
