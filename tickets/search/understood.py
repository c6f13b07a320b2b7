"""A query as it was understood for one person: the words for the engine, the conditions of the operators, and what to say of both."""

from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import groupby
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from common.fulltext.hits import Hits
from common.fulltext.wanted import Term, Wanted, first_of, neighbours
from common.normaliser import tokens
from common.numbers import format_number
from tickets.search import by_day, by_field, by_name, by_people, by_state, by_tag  # noqa: F401  they bring their operators
from tickets.search.operators import NAMES, OPERATORS
from tickets.search.query import MOST_PIECES, parse


@dataclass(frozen=True)
class Chip:
    """One thing that was understood: `words`, the `label` of its operator, and `rest`: what is left of the query without it."""

    words: str
    rest: str
    label: str = ""
    is_without: bool = False
    is_phrase: bool = False
    is_wrong: bool = False


class Understood:
    """What was typed, for this person. Without a `searcher` operators are unknown: they are words like others."""

    def __init__(self, typed, searcher=None):
        self.query = parse(typed, NAMES if searcher else None)
        self.searcher = searcher

    def __bool__(self):
        return bool(self.typed)

    @property
    def typed(self):
        return self.query.typed

    @cached_property
    def wanted(self):
        terms, without = {}, {}
        # Plain words are read together: groups of a telephone number, parts of a Persian word.
        for is_plain, pieces in groupby(self.query.words, lambda piece: not piece.is_phrase and not piece.is_without):
            if is_plain:
                terms |= dict.fromkeys(Wanted.of(" ".join(piece.text for piece in pieces)).terms)
                continue
            for piece in pieces:
                if words := neighbours(piece.text):
                    (without if piece.is_without else terms)[Term(words, is_exact=piece.is_phrase)] = None
        return Wanted(first_of(terms), first_of(without))

    @property
    def has_more(self):
        """Whether more than one thing was asked for, so that less could be."""
        return len(self.query.pieces) > 1

    @cached_property
    def hits(self):
        """Marks the words in what was found."""
        return Hits(self.wanted.terms)

    @property
    def numbers(self):
        """What may be a ticket's number: the only word that was typed, where it has a digit."""
        words = self.query.words
        is_one = len(words) == 1 and not words[0].is_without and any(sign.isdecimal() for sign in words[0].text)
        return [words[0].text] if is_one else []

    @cached_property
    def _meanings(self):
        """[(piece, [what each of its values means])]."""
        return [
            (piece, [found.narrow(self.searcher, value) for value in ([piece.text] if found.is_whole else piece.values)])
            for piece, found in ((piece, OPERATORS[piece.name]) for piece in self.query.operators)
        ]

    @property
    def is_hopeless(self):
        """Nothing is found, rather than everything: only signs were typed, or an operator's value fits nothing."""
        has_words = self.wanted.terms or self.wanted.without
        return bool(self.typed) and not has_words and not self.query.operators or any(not good for good in self._positive)

    @cached_property
    def _positive(self):
        """For each thing that must hold: the meanings of which one is enough."""
        asked = {}
        for number, (piece, meanings) in enumerate(self._meanings):
            if not piece.is_without:
                fitting = [meaning for meaning in meanings if meaning.condition is not None]
                asked.setdefault(piece.name if OPERATORS[piece.name].either else number, []).extend(fitting)
        return list(asked.values())

    def bound(self, ids, kind):
        """Those of the ids (of `kind`: departments or statuses) in which something may fit."""
        for meanings in self._positive:
            bounds = [getattr(meaning, kind) for meaning in meanings]
            if None not in bounds:
                ids = ids & frozenset().union(*bounds)
        return ids

    @property
    def may_leave_few(self):
        """Whether an operator mostly leaves so few tickets that it is better to look at all of them."""
        return any(all(meaning.leaves_few for meaning in meanings) for meanings in self._positive)

    @property
    def asks_by_age(self):
        """Whether it is asked what was opened before a day, and not what was said since one."""
        return {piece.name for piece in self.query.operators if not piece.is_without} & {"before", "after"} == {"before"}

    def narrow(self, tickets):
        """The tickets that the operators leave. The words are the engine's."""
        if self.is_hopeless:
            return tickets.none()
        for meanings in self._positive:
            tickets = tickets.filter(reduce(or_, (meaning.condition for meaning in meanings)))
        for piece, meanings in self._meanings:
            if piece.is_without:
                for meaning in meanings:
                    tickets = tickets if meaning.condition is None else tickets.filter(~Q(meaning.condition))
        return tickets

    @property
    def problems(self):
        """What was not understood, in sentences for above the results."""
        problems = [meaning.problem for _piece, meanings in self._meanings for meaning in meanings if meaning.problem]
        if self.query.is_cut:
            problems.append(_("Only the first %(number)s words were looked for.") % {"number": format_number(MOST_PIECES)})
        return list(dict.fromkeys(problems))

    @property
    def chips(self):
        """What was understood, piece by piece; nothing for a single plain word, which says itself."""
        pieces = self.query.pieces
        if len(pieces) == 1 and not pieces[0].name and not pieces[0].is_without and not pieces[0].is_phrase:
            return []
        meanings = {id(piece): found for piece, found in self._meanings}
        return [self._chip(piece, meanings.get(id(piece), ())) for piece in pieces if piece.name or tokens(piece.text)]

    def _chip(self, piece, meanings):
        return Chip(
            words=_(", ").join(meaning.words or value for meaning, value in zip(meanings, piece.values, strict=False)) or piece.text,
            rest=self.query.without(piece),
            label=str(OPERATORS[piece.name].label) if piece.name else "",
            is_without=piece.is_without,
            is_phrase=piece.is_phrase,
            is_wrong=any(meaning.condition is None for meaning in meanings),
        )
