"""When things happened: more of late than long ago, in the order of the tickets, and never after the end of the story's time."""

from datetime import UTC, datetime
from functools import cache
from math import exp

YEARS = 5
SPAN = YEARS * 365 * 86_400
# The end of the time is left free, so that an answer can follow the youngest question.
_LAST = 300


def opened_at(place, until):
    """When the ticket at this place (0: the first of all, 1: the last) was opened, in seconds."""
    return int(until - _LAST - SPAN * (1 - place**0.6))


def stays_open(place, chance):
    """Whether the ticket is still open: two of a hundred are, nearly all of them young."""
    return chance < 0.8 * exp((place - 1) / 0.023) + 0.0016


def gap(random):
    """Seconds until the next word is said: mostly hours, sometimes a minute, sometimes days."""
    return 40 + int(random.lognormvariate(9.2, 1.4))


def within(times, until):
    """The same moments, moved together where the last would come after the end."""
    first, room = times[0], until - 30 - times[0]
    if times[-1] - first <= room:
        return times
    shrink = room / (times[-1] - first)
    return [first + int((time - first) * shrink) for time in times]


def written(seconds):
    """As both databases take it. The whole product speaks UTC with them."""
    day, second = divmod(seconds, 86_400)
    return _day(day) + _TIMES[second]


_TIMES = [f" {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}" for second in range(86_400)]


@cache
def _day(number):
    return datetime.fromtimestamp(number * 86_400, UTC).date().isoformat()
