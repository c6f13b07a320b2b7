"""A line over time, with how many answers each of its points rests on."""

from dataclasses import dataclass, field
from functools import cached_property

#: The drawing is a square of this side, stretched by the page.
SIDE = 100
#: So many words stand under the line at most.
MOST_LABELS = 7


@dataclass(frozen=True)
class Point:
    """`value` is None where there is nothing to draw; `number`: how many answers it rests on; `is_few`: too few to be sure of."""

    label: str
    value: float | None
    number: int = 0
    is_few: bool = False


@dataclass
class Line:
    """`points` in the order of time, of values between `low` and `high`."""

    points: list
    low: float = 1
    high: float = 5
    ticks: list = field(default_factory=lambda: [1, 2, 3, 4, 5])

    @property
    def is_empty(self):
        return all(point.value is None for point in self.points)

    def _x(self, place):
        return _short((place + 0.5) * SIDE / len(self.points))

    def _y(self, value):
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return _short(SIDE - share * SIDE)

    @cached_property
    def dots(self):
        """(x, y, whether it rests on few) of each point that is drawn."""
        return [(self._x(n), self._y(point.value), point.is_few) for n, point in enumerate(self.points) if point.value is not None]

    @cached_property
    def path(self):
        """What the line does: it leaps over points without a value, and is not drawn there."""
        words, is_down = [], False
        for n, point in enumerate(self.points):
            if point.value is None:
                is_down = False
                continue
            words.append(f"{'L' if is_down else 'M'}{self._x(n)} {self._y(point.value)}")
            is_down = True
        return "".join(words)

    @cached_property
    def rules(self):
        """The heights of the ticks."""
        return [self._y(tick) for tick in self.ticks]

    @cached_property
    def columns(self):
        """(x, y, width, height) of the column of each point: how many answers, against the most there are."""
        most, wide = max((point.number for point in self.points), default=0), SIDE / max(1, len(self.points))
        return [
            (_short((n + 0.15) * wide), _short(SIDE - SIDE * point.number / most), _short(wide * 0.7), _short(SIDE * point.number / most))
            for n, point in enumerate(self.points)
            if point.number
        ]

    @cached_property
    def labels(self):
        """(words or nothing, whether a narrow page leaves them out) under each point."""
        every = -(-len(self.points) // MOST_LABELS) or 1
        return [(point.label if n % every == 0 else "", n // every % 2 == 1) for n, point in enumerate(self.points)]


def _short(number):
    """With two decimals at most, and a point whatever the language."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
