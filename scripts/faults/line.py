"""What one experiment found, as the one line it prints."""

import os
from dataclasses import dataclass, field

NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL and Redis"}


@dataclass
class Line:
    """`figures`: {what: value} beside those every experiment has. `broken`: the promises it did not keep, in words."""

    name: str
    database: str
    n: int
    lost: int
    doubled: int
    errors: int = 0
    seconds: float = 0
    figures: dict = field(default_factory=dict)
    broken: list = field(default_factory=list)
    load: str = ""
    took: list = field(default_factory=list, repr=False)  # seconds of each request

    def expect(self, is_so, words):
        """Note a promise that was not kept."""
        if not is_so:
            self.broken.append(words)

    @property
    def passed(self):
        return not self.broken

    def __str__(self):
        start = f"{self.name}, {NAMES[self.database]}, {self.n}, {self.lost}, {self.doubled}, {self.errors}, {self.seconds:.0f} s"
        more = "; ".join(f"{what} {value}" for what, value in self.figures.items())
        return f"{start}, {'pass' if self.passed else 'FAIL: ' + '; '.join(self.broken)}   ({more})"


def load_now():
    return f"{os.getloadavg()[0]:.1f}"


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def middle_and_worst(seconds):
    """“120 / 340 / 600 ms”: the middle, 95 of 100, the longest."""
    return (
        " / ".join(f"{1000 * value:.0f}" for value in (percentile(seconds, 0.5), percentile(seconds, 0.95), max(seconds, default=0)))
        + " ms"
    )
