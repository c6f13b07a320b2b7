"""Pages that cost the same at any depth: each begins where another one ended, by the values of its row, never by counting.

A list may have several sections, one after the other, each with an order of its own.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q


@dataclass
class Section:
    """Part of a list: its rows by `field` (a leading “-”: the largest first), then by id in the same direction."""

    key: str
    rows: object
    field: str

    @property
    def name(self):
        return self.field.removeprefix("-")

    def read(self, value):
        """What an address says of the value as the database knows it. Raises ValidationError for what it is not."""
        return self.rows.model._meta.get_field(self.name).to_python(value)

    def value_of(self, row):
        return getattr(row, self.name)

    def part(self, limit, *, cursor=None, backward=False):
        """Up to `limit` rows after (or before) the cursor, nearest first."""
        descending = self.field.startswith("-") != backward
        rows = self.rows
        if cursor:
            step = "lt" if descending else "gt"
            rows = rows.filter(**{f"{self.name}__{step}e": cursor.value}).filter(
                Q(**{f"{self.name}__{step}": cursor.value}) | Q(**{f"pk__{step}": cursor.pk})
            )
        sign = "-" if descending else ""
        return list(rows.order_by(f"{sign}{self.name}", f"{sign}pk")[:limit])


@dataclass
class Cursor:
    """The place of one row: its section, the value it is sorted by, its id."""

    section: int
    value: object
    pk: int

    def __str__(self):
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        return base64.urlsafe_b64encode(json.dumps([self.section, value, self.pk]).encode()).decode().rstrip("=")


def read_cursor(text, sections):
    """The cursor in an address; None for none and for one that was damaged."""
    try:
        section, value, pk = json.loads(base64.urlsafe_b64decode((text + "=" * (-len(text) % 4)).encode()))
        value = sections[section].read(value)
        # Both are tried here, because a database would refuse them: moments out of every calendar, and halves of letters.
        value = value.astimezone(UTC) if isinstance(value, datetime) else value
        str(value).encode()
        if value is None or section < 0 or not 0 < int(pk) < 2**63 or "\x00" in str(value):
            return None
        return Cursor(section, value, int(pk))
    except (binascii.Error, ValueError, TypeError, IndexError, OverflowError, RecursionError, ValidationError):
        return None


@dataclass
class Page:
    """One page of a list: `groups` of (section key, …, rows), the cursors of its neighbours (empty at the ends), and its addresses."""

    groups: list
    before: str = ""
    after: str = ""
    first_url: str = ""
    previous_url: str = ""
    next_url: str = ""
    last_url: str = ""

    @property
    def rows(self):
        return [row for group in self.groups for row in group[-1]]

    @property
    def is_only(self):
        """Whether the whole list stands on this page."""
        return not self.before and not self.after


def page_at(sections, query, *, size, address="?"):
    """The page an address asks for by `after`, `before` or `end`, with the addresses of others. `address` is the list's own."""
    asked = {name: query.get(name, "") for name in ("after", "before")}
    page = page_of(sections, size=size, at_end="end" in query, **asked)
    joint = "" if address.endswith("?") else "&"
    if page.after:
        page.next_url, page.last_url = f"{address}{joint}{urlencode({'after': page.after})}", f"{address}{joint}end=1"
    if page.before:
        page.previous_url, page.first_url = f"{address}{joint}{urlencode({'before': page.before})}", address
    return page


def page_of(sections, *, size, after="", before="", at_end=False):
    """The page after or before a cursor, or the last one, else the first. Asks each section at most once (a second time at an end)."""
    cursor = read_cursor(before, sections) if before and not at_end else None
    if cursor or at_end:
        found = _collect(sections, size + 1, cursor, backward=True)
        if len(found) > size:
            found = found[:size][::-1]
            return _page(sections, found, before=found[0], after=None if at_end else found[-1])
        if at_end:
            return _page(sections, found[::-1], before=None, after=None)
        # Fewer rows than fit stand before this place: that is the first page.
    cursor = None if before else read_cursor(after, sections) if after else None
    found = _collect(sections, size + 1, cursor)
    more = found[size - 1] if len(found) > size else None
    return _page(sections, found[:size], before=found[0] if cursor and found else None, after=more)


def _collect(sections, limit, cursor, *, backward=False):
    if backward:
        numbers = range(cursor.section if cursor else len(sections) - 1, -1, -1)
    else:
        numbers = range(cursor.section if cursor else 0, len(sections))
    found = []
    for number in numbers:
        here = cursor if cursor and cursor.section == number else None
        part = sections[number].part(limit - len(found), cursor=here, backward=backward)
        found += [(number, row) for row in part]
        if len(found) >= limit:
            break
    return found


def _page(sections, found, *, before, after):
    def place(entry):
        if entry is None:
            return ""
        number, row = entry
        return str(Cursor(number, sections[number].value_of(row), row.pk))

    groups = [(sections[number].key, [row for _number, row in rows]) for number, rows in groupby(found, key=lambda entry: entry[0])]
    return Page(groups, before=place(before), after=place(after))
