"""Searching in the lists of the desk: what was typed is understood once, narrows the list, orders it, and is marked in its rows."""

from dataclasses import dataclass, replace

from common.numbers import local_digits
from tickets.models import Message
from tickets.search.finding import sections_of
from tickets.search.lines import lines_of
from tickets.search.operators import OPERATORS, Searcher
from tickets.search.query import LIMIT
from tickets.search.understood import Understood

__all__ = ["LIMIT", "chips_of", "help_rows", "matching", "search_of", "sections", "show_found"]

_SHEET = ["from", "status", "department", "assignee", "tag", "cc", "watcher", "order", "field", "number", "before", "after", "has", "is"]


def search_of(words, seer, known_stores):
    """What a person (or whose Sight it is) means by these words. `known_stores`: where they may know customers."""
    return Understood(words, Searcher(seer, known_stores))


def everywhere(known_stores):
    """The same, as the engine wants it: None where every store's customers may be known."""
    stores = getattr(known_stores, "regions", None)
    return None if stores and set(known_stores) >= set(stores) else known_stores


def matching(tickets, search):
    """The tickets that fit, in no order."""
    tickets = search.narrow(tickets)
    return tickets.matching(search.wanted, known_stores=everywhere(search.searcher.known)) if search.wanted else tickets


def sections(tickets, search, sight, order, *, among=None):
    """The sections of the list of what holds the words that were typed: the best first, or all of them by their age.

    `among`: ids of the tickets in question, where they are few.
    """
    sees_part = not sight.sees_everything and sight.shared is not None
    return sections_of(
        search.narrow(tickets),
        search.wanted,
        known_stores=everywhere(search.searcher.known),
        places=sight.departments if sees_part else None,
        besides=sight.shared if sees_part else (),
        numbers=search.numbers,
        among=among,
        is_ranked=order == "best",
    )


@dataclass(frozen=True)
class Found:
    """The words of a row with its hits marked. `line`: what was said around a hit, or last; `kind`: of that message."""

    number: str
    subject: str
    customer: str
    line: str
    kind: str


def show_found(tickets, search):
    """Give each ticket of a page `found`. They were dressed before: what is covered is neither shown nor marked."""
    hits, unexplained = search.hits, []
    for ticket in tickets:
        number = local_digits(ticket.number)
        words = map(hits.marked, (number, ticket.subject, ticket.customer_words, ticket.last_words))
        ticket.found = Found(*words, kind=ticket.last_message_kind)
        if not hits.has_all(number, ticket.subject, ticket.customer_words):
            unexplained.append(ticket)
    lines = lines_of(unexplained, hits, Message.objects.all, mask_of=lambda ticket: ticket.mask)
    for ticket in unexplained:
        if ticket.pk in lines:
            line, kind = lines[ticket.pk]
            ticket.found = replace(ticket.found, line=line, kind=kind)


def chips_of(search, choice):
    """[(chip, the address of the list without it)]."""
    return [(chip, choice.with_words(chip.rest).query) for chip in search.chips]


def help_rows():
    """The operators for the help sheet, those used most first: (an example, what it finds)."""
    return [(found.example, found.help) for found in sorted(OPERATORS.values(), key=lambda found: _SHEET.index(found.name))]
