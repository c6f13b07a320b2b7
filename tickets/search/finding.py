"""Ranked pages of what a search finds: the exact number, then all words in title or names, then all words anywhere; newest first in each.

A title comes first only among the newest quarter of a million: behind them all is read by age. A shop with so many tickets looks for
what happened lately, and the titles of all years would be gone through for each page.

The newest ids are looked at first, and alone when they fill the page: however common a word is, no page looks at all of its tickets.
PostgreSQL goes on to older ones, and from one section to the next, within one statement (tickets/search/walks.py).
"""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from common.fulltext import postgres
from common.fulltext.conditions import matches
from common.fulltext.questions import BLOCK
from common.fulltext.walking import walked
from common.fulltext.wanted import Wanted
from tickets.numbering import spellings_of
from tickets.search.index import FIRST_ZONES, TICKETS
from tickets.search.walks import narrowed, readings_of, walk_of

#: So many of the newest ids are looked at first.
NEWEST = 2**13
#: So many of the newest blocks of ids are searched for titles first.
BLOCKS_BY_TITLE = 4


def holding(wanted, *, known_stores=None, zones=None, only_first=False, not_first=False, **where):
    """The condition on tickets that they hold what is wanted, where this person may look for it.

    `known_stores`: ids of the stores whose customers they may know (None: all). `zones`: none but these. `only_first`: all words in
    title or names; `not_first`: all words, but not there. `where`: as for `matches`.
    """
    readings = readings_of(known_stores, zones)
    several = len(readings) > 1

    def reading(looked_in):
        first = tuple(zone for zone in looked_in if zone in FIRST_ZONES)
        chosen = first if only_first else looked_in
        return matches(TICKETS, wanted, zones=chosen, outside=first if not_first else None, leads=not several, **where)

    found = Q()
    for looked_in, stores in readings:
        found |= Q(reading(looked_in)) if stores is None else Q(reading(looked_in), store__in=stores)
    if several:  # what leads to both readings: neither could be read from an index alone
        found &= Q(matches(TICKETS, Wanted(wanted.terms), zones=readings[-1][0], leads=True, **where))
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
        return joined([FoundSection("rest", tickets, wanted, last, where)])
    sections = [NumberSection("number", tickets.filter(number__in=spelled))] if spelled else []
    if wanted.terms:
        # A whole block, so that it hardly moves while somebody turns the pages: once in 65,536 tickets, and then some rows come twice.
        since = max(0, (last // BLOCK + 1 - BLOCKS_BY_TITLE) * BLOCK)
        found = [
            FoundSection("title", others, wanted, last, where | {"only_first": True}, since),
            FoundSection("rest", others, wanted, last, where | {"not_first": True}, since),
        ]
        sections += joined([*found, FoundSection("older", others, wanted, since - 1, where)] if since else found)
    elif wanted:
        sections.append(FoundSection("rest", others, wanted, last, where))
    return sections


def joined(sections):
    """The same, each knowing those that are read with it."""
    for section in sections:
        section.together = sections
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
    """Those from `first` to `last` that hold the words. `together`: the sections read by one statement, this one among them."""

    key: str
    rows: object
    wanted: Wanted
    last: int
    where: dict = field(default_factory=dict)
    first: int = 0
    together: list = field(default_factory=list, repr=False, compare=False)
    #: What another section read of this one: {(limit, backward): rows}.
    read_before: dict = field(default_factory=dict, repr=False, compare=False)

    def part(self, limit, *, cursor=None, backward=False):
        """Up to `limit` rows after (or before) the cursor, nearest first."""
        edge = (cursor.pk if not backward else cursor.pk + 1) if cursor else (self.first if backward else self.last + 1)
        # An address may name any id. Each block of ids up to it would stand in the question.
        edge = min(edge, self.last + 1)
        is_walked = self.together and connection.vendor == postgres.VENDOR and self.where["among"] is None and self.wanted.terms
        if not is_walked:
            return self._step_by_step(edge, limit, backward)
        if cursor is None and (limit, backward) in self.read_before:
            return self.read_before.pop((limit, backward))
        return self._walked(edge, limit, backward)

    def _walked(self, edge, limit, backward):
        """By one statement, which goes on to the next sections where rows are wanting: their part is kept for them."""
        place = next(n for n, section in enumerate(self.together) if section is self)
        following = self.together[place::-1] if backward else self.together[place:]
        walks = []
        for section in following:
            low, high = section.first, section.last + 1
            if section is self:
                low, high = (edge, high) if backward else (low, edge)
            walks.append(walk_of(section.wanted, low=low, high=high, **section.where))
        found = [[] for _section in following]
        rows = narrowed(self.rows, self.wanted, **self.where)
        for number, pk in walked(TICKETS, rows, walks, limit, nearest=NEWEST, backward=backward):
            found[number].append(rows.model.from_db(rows.db, [rows.model._meta.pk.attname], [pk]))
        left = limit
        for section, part in zip(following, found, strict=True):
            section.read_before = {(left, backward): part}
            left -= len(part)
        return self.read_before.pop((limit, backward))

    def _step_by_step(self, edge, limit, backward):
        """Looks at the nearest ids, then at more, then at all."""
        found, reach = [], NEWEST
        if any(len(term.words) > 1 for term in self.wanted.terms):  # neighbours are seen in the documents themselves only
            reach //= 4
        while len(found) < limit:
            rest = self.last + 1 - edge if backward else edge - self.first
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
