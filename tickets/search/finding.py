"""Ranked pages of what a search finds: the exact number, then all words in title or names, then all words anywhere; newest first in each.

The newest ids are looked at first, and alone when they fill the page: however common a word is, no page looks at all of its tickets.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from common.fulltext.conditions import matches
from common.fulltext.wanted import Wanted
from tickets.numbering import spellings_of
from tickets.search.index import FIRST_ZONES, OPEN_ZONES, TICKETS, ZONES

#: So many of the newest ids are looked at first.
NEWEST = 2**13


def holding(wanted, *, known_stores=None, zones=None, only_first=False, not_first=False, **where):
    """The condition on tickets that they hold what is wanted, where this person may look for it.

    `known_stores`: ids of the stores whose customers they may know (None: all). `zones`: none but these. `only_first`: all words in
    title or names; `not_first`: all words, but not there. `where`: as for `matches`.
    """
    every = tuple(zone for zone in ZONES if zones is None or zone in zones)
    readings = [(every, None)]
    if known_stores is not None:
        open_zones = tuple(zone for zone in every if zone in OPEN_ZONES)
        readings = [(open_zones, None)] + ([(every, sorted(known_stores))] if known_stores else [])

    several = len(readings) > 1

    def reading(looked_in):
        first = tuple(zone for zone in looked_in if zone in FIRST_ZONES)
        chosen = first if only_first else looked_in
        return matches(TICKETS, wanted, zones=chosen, outside=first if not_first else None, leads=not several, **where)

    found = Q()
    for looked_in, stores in readings:
        found |= Q(reading(looked_in)) if stores is None else Q(reading(looked_in), store__in=stores)
    if several:  # what leads to both readings: neither could be read from an index alone
        found &= Q(matches(TICKETS, Wanted(wanted.terms), zones=every, leads=True, **where))
    return found


def sections_of(tickets, wanted, *, known_stores, places=None, besides=(), numbers=(), zones=None, among=None, is_ranked=True):
    """The sections of a search, for common.paging.

    `tickets`: those this person may see and asked for, without an order. `places`: the departments they see, where that is not all;
    `besides`: ids they see wherever they lie. `numbers`: what was typed and may be the number of a ticket. `among`: ids of the few
    tickets in question, where they are few and known: a customer's own, say. Not `is_ranked`: all in one section, by their age alone.
    """
    spelled = sorted({number for typed in numbers for number in spellings_of(typed)})
    where = {"known_stores": known_stores, "zones": zones, "places": places, "besides": besides, "among": among}
    others = tickets.exclude(number__in=spelled) if spelled else tickets
    last = TICKETS.last_pk() or 0
    if not is_ranked:
        return [FoundSection("rest", tickets, wanted, last, where)]
    sections = [NumberSection("number", tickets.filter(number__in=spelled))] if spelled else []
    if wanted.terms:
        sections.append(FoundSection("title", others, wanted, last, where | {"only_first": True}))
        sections.append(FoundSection("rest", others, wanted, last, where | {"not_first": True}))
    elif wanted:
        sections.append(FoundSection("rest", others, wanted, last, where))
    return sections


class _ById:
    """A section of tickets, newest first; what an address says of its rows is their id, twice."""

    def read(self, value):
        return self.rows.model._meta.pk.to_python(value)

    def value_of(self, row):
        return row.pk


@dataclass
class NumberSection(_ById):
    """Those with a number that was typed."""

    key: str
    rows: object

    def part(self, limit, *, cursor=None, backward=False):
        rows = self.rows
        if cursor:
            rows = rows.filter(**{"pk__gt" if backward else "pk__lt": cursor.pk})
        return list(rows.order_by("pk" if backward else "-pk")[:limit])


@dataclass
class FoundSection(_ById):
    """Those that hold the words."""

    key: str
    rows: object
    wanted: Wanted
    last: int
    where: dict = field(default_factory=dict)

    def part(self, limit, *, cursor=None, backward=False):
        """Up to `limit` rows after (or before) the cursor, nearest first. Looks at the nearest ids, then at more, then at all."""
        found, reach = [], NEWEST
        if any(len(term.words) > 1 for term in self.wanted.terms):  # neighbours are seen in the documents themselves only
            reach //= 4
        edge = (cursor.pk if not backward else cursor.pk + 1) if cursor else (0 if backward else self.last + 1)
        # An address may name any id. Each block of ids up to it would stand in the question.
        edge = min(edge, self.last + 1)
        while len(found) < limit:
            rest = self.last + 1 - edge if backward else edge
            if rest <= 0:
                break
            if self.where.get("among") is not None or not self.wanted.terms or reach * 2 > rest:
                reach = rest
            low, high = (edge, edge + reach) if backward else (edge - reach, edge)
            found += self._between(low, high, limit - len(found), backward)
            edge = high if backward else low
            # As far as the rest of the page is likely to reach; everything, where there was nothing.
            reach = 3 * reach * limit // len(found) if found else rest
        return found

    def _between(self, low, high, limit, backward):
        rows = self.rows.filter(holding(self.wanted, low=low, high=high, **self.where), pk__gte=low, pk__lt=high)
        return list(rows.order_by("pk" if backward else "-pk")[:limit])
