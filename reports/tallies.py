"""How often each score was given, and what may be said of it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.numbers import format_number
from reports.definitions import FEWEST, SATISFIED_FROM

UP, DOWN, SAME = "up", "down", "same"


@dataclass
class Tally:
    """`counts`: {score: how often}. Of fewer than FEWEST answers there is no mean and no share."""

    counts: dict = field(default_factory=dict)
    good_from: int = SATISFIED_FROM

    @cached_property
    def number(self):
        return sum(self.counts.values())

    @property
    def is_enough(self):
        return self.number >= FEWEST

    @cached_property
    def mean(self):
        return sum(score * number for score, number in self.counts.items()) / self.number if self.is_enough else None

    @cached_property
    def good(self):
        """The share, in percent, of those from `good_from` on."""
        return self.share(sum(number for score, number in self.counts.items() if score >= self.good_from))

    def share(self, part):
        return 100 * part / self.number if self.is_enough else None

    def of(self, score):
        return self.counts.get(score, 0)


@dataclass(frozen=True)
class Part:
    """`done` of `number`, such as the surveys answered of those sent."""

    number: int = 0
    done: int = 0

    @property
    def is_enough(self):
        return self.number >= FEWEST

    @property
    def share(self):
        return 100 * self.done / self.number if self.is_enough else None


@dataclass(frozen=True)
class Change:
    """Against the period before: which way (nothing where it cannot be compared), and the difference in words."""

    way: str
    words: str


def score_words(mean):
    """4.3, or a dash where too few answered."""
    return "–" if mean is None else format_number(mean, 1)


def share_words(share):
    return "–" if share is None else _("%(number)s%%") % {"number": format_number(share, 0)}


def change_of_score(now, before):
    return _change(now, before, 1, lambda points: _("%(number)s more than before"), lambda points: _("%(number)s less than before"))


def change_of_share(now, before):
    def more(points):
        return ngettext("%(number)s point more than before", "%(number)s points more than before", points)

    def less(points):
        return ngettext("%(number)s point less than before", "%(number)s points less than before", points)

    return _change(now, before, 0, more, less)


def _change(now, before, decimals, more, less):
    """Of what is shown: two numbers that read alike did not change."""
    if now is None:
        return Change("", "")
    if before is None:
        return Change("", _("too few answers before to compare"))
    difference = round(round(now, decimals) - round(before, decimals), decimals)
    if not difference:
        return Change(SAME, _("as before"))
    words = (more if difference > 0 else less)(int(abs(difference)))
    return Change(UP if difference > 0 else DOWN, words % {"number": format_number(abs(difference), decimals)})
