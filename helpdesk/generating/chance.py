"""Drawing by the laws that words, departments and customers follow: a few very often, many hardly ever."""

from bisect import bisect
from itertools import accumulate


def zipf_weights(count, *, exponent=1.0, offset=2.7):
    """Zipf's law with Mandelbrot's offset: how often the first, the second … of them occurs, in shares of one."""
    weights = [1 / (rank + offset) ** exponent for rank in range(1, count + 1)]
    total = sum(weights)
    return [weight / total for weight in weights]


def urn(things, weights=None, *, size=1024):
    """A list in which each thing stands about as often as it weighs, at least once: one draw is one index, however uneven the weights."""
    weights = weights or zipf_weights(len(things))
    return [thing for thing, weight in zip(things, weights, strict=True) for _ in range(max(1, round(weight * size)))]


class LongTail:
    """Ranks from 0 to `count`, drawn by Zipf's law: too many for an urn."""

    def __init__(self, count, *, exponent=1.0, offset=2.7):
        self._sums = list(accumulate(zipf_weights(count, exponent=exponent, offset=offset)))
        self._last = count - 1

    def draw(self, chance):
        """The rank for a number from 0 to 1."""
        return min(bisect(self._sums, chance), self._last)
