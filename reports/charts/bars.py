"""Bars in the cells of a table: the table is the chart, and each number stands beside its bar."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One row. `length`: from 0 to 100, against the whole or against the longest; `url`: the list behind the number, if there is one."""

    label: str
    number: int
    length: float
    share: float | None = None
    url: str = ""
    icon: str = ""


def bars_of(rows, *, is_enough=True):
    """Bars of (label, number, url, icon): how long each is, and its share in percent, is its part of all of them together."""
    rows = list(rows)
    whole = sum(number for _label, number, *_rest in rows)
    return [
        Bar(label, number, round(100 * number / whole, 1) if whole else 0, 100 * number / whole if whole and is_enough else None, url, icon)
        for label, number, url, icon in rows
    ]
