"""before: after: — tickets by when they were opened and when something was said."""

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common.moments import current_reader, format_moment
from tickets.search import values
from tickets.search.operators import Narrowing, nothing, operator


def _day(value):
    """(the first moment of the day, the day in words), or what is wrong."""
    try:
        day = values.day_called(value)
        return datetime.combine(day, time.min, current_reader().zone), format_moment(day, "day_long"), ""
    except ValidationError as error:
        return None, "", " ".join(error.messages)
    except (OverflowError, ValueError):
        return None, "", _("There is no such day in the calendar.")


_BEFORE = ("until", "پیش‌از", "قبل‌از", "przed", "до", "раньше")
_AFTER = ("since", "پس‌از", "بعداز", "ازتاریخ", "po", "после")


@operator(
    "before",
    pgettext_lazy("search", "before"),
    *_BEFORE,
    example="before:2026-03-01",
    help=pgettext_lazy("search help", "opened before a day, in either calendar"),
    is_whole=True,
)
def before(searcher, value):
    """Opened before the day."""
    moment, words, problem = _day(value)
    return nothing(problem) if problem else Narrowing(Q(created_at__lt=moment), words)


@operator(
    "after",
    pgettext_lazy("search", "after"),
    *_AFTER,
    example="after:7d",
    help=pgettext_lazy("search help", "with something said since: a day, 7d, today, yesterday"),
    is_whole=True,
)
def after(searcher, value):
    """Something was said on the day or later. With before: tickets that were alive in between."""
    moment, words, problem = _day(value)
    return nothing(problem) if problem else Narrowing(Q(last_message_at__gte=moment), words)
