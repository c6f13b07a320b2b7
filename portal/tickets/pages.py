"""Pages of a customer's tickets that cost the same however deep: each next page starts after the last row of the one before."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

SIZE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"([0-9]{1,17})-([0-9]{1,18})\Z")


@dataclass
class Page:
    tickets: list
    next_cursor: str = ""
    is_first: bool = True


def page_of(tickets, cursor="", size=SIZE):
    """The newest tickets, or those after the cursor. A damaged cursor shows the first page."""
    start = _read(cursor)
    if start:
        at, pk = start
        tickets = tickets.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, pk__lt=pk))
    return cut(tickets.newest_first()[: size + 1], size, is_first=start is None)


def cut(rows, size=SIZE, *, is_first=True):
    """The page of these rows, which are one more than fit where there is another page."""
    rows = list(rows)
    has_more = len(rows) > size
    return Page(rows[:size], _write(rows[size - 1]) if has_more else "", is_first)


def _write(ticket):
    return f"{(ticket.last_message_at - _EPOCH) // timedelta(microseconds=1)}-{ticket.pk}"


def _read(cursor):
    match = _CURSOR.match(cursor or "")
    try:
        return (_EPOCH + timedelta(microseconds=int(match[1])), int(match[2])) if match else None
    except OverflowError:
        return None
