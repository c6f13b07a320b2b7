"""Stretches of days that reports are about, as their reader counts them: Jalali months for who reads those, weeks from Saturday or Monday.

A month or a year that still runs is compared with as many days of the one before.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.jalali import from_jalali, to_jalali
from common.moments import current_reader, format_moment, reader_today

DAY = timedelta(days=1)
#: Nothing longer is asked for at once, and nothing older.
LONGEST, EARLIEST = 3 * 366, date(2000, 1, 1)
SATURDAY, MONDAY = 5, 0

OWN = "own"
ROLLING = {"7": 7, "30": 30, "90": 90}
PERIODS = {
    "7": gettext_lazy("7 days"),
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
    "month": gettext_lazy("a month"),
    "year": gettext_lazy("a year"),
    OWN: gettext_lazy("from day to day"),
}
USUAL = "30"

STEPS = {
    "day": pgettext_lazy("step of a report", "By day"),
    "week": pgettext_lazy("step of a report", "By week"),
    "month": pgettext_lazy("step of a report", "By month"),
}
#: A step is offered for spans of so many days: fewer make no line, more no sight.
_FITS = {"day": (1, 93), "week": (15, 400), "month": (45, LONGEST)}


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def days(self):
        return (self.last - self.first).days + 1

    @property
    def begin(self):
        return _midnight(self.first)

    @property
    def end(self):
        """The midnight after the last day."""
        return _midnight(self.last + DAY)

    def __str__(self):
        if self.first == self.last:
            return format_moment(self.first, "day")
        return _("%(first)s – %(last)s") % {"first": format_moment(self.first, "day"), "last": format_moment(self.last, "day")}


@dataclass(frozen=True)
class Period:
    """`span`, and the span `before` it that it is compared with. `older`, `newer`: a day in its neighbours; none newer than today."""

    key: str
    span: Span
    before: Span
    older: date
    newer: date | None

    def __str__(self):
        """The month or the year by its name, others by their days."""
        if self.key == "month":
            return format_moment(self.span.first, "month")
        return str(self.span)

    @property
    def steps_offered(self):
        return [step for step, (fewest, most) in _FITS.items() if fewest <= self.span.days <= most]

    def step(self, wanted=""):
        """What is wanted where it fits, else what suits the length."""
        if wanted in self.steps_offered:
            return wanted
        return "day" if self.span.days <= 31 else "week" if self.span.days <= 130 else "month"

    def steps(self, step):
        """The spans of the line, in order, without a gap; the first and the last may be cut."""
        found, first = [], self.span.first
        while first <= self.span.last:
            beyond = _NEXT[step](first)
            found.append(Span(first, min(beyond - DAY, self.span.last)))
            first = beyond
        return found


def period_of(key, day=None, *, first=None, last=None):
    """The period of this kind in which the day lies, or that ends with it; `first` and `last` for OWN. Never beyond today."""
    today = reader_today()
    day = max(min(day or today, today), EARLIEST)
    if key == OWN and first and last:
        return _rolling(OWN, Span(first, min(last, today)), today)
    if key in {"month", "year"}:
        return _of_calendar(key, day, today)
    key = key if key in ROLLING else USUAL
    return _rolling(key, Span(day - (ROLLING[key] - 1) * DAY, day), today)


def _rolling(key, span, today):
    length = span.days * DAY
    newer = min(span.last + length, today)
    return Period(key, span, Span(span.first - length, span.first - DAY), span.first - DAY, newer if span.last < today else None)


def _of_calendar(key, day, today):
    first = _FIRST[key](day)
    beyond = _NEXT[key](first)
    last = min(beyond - DAY, today)
    before = _FIRST[key](first - DAY)
    before_last = first - DAY if last == beyond - DAY else min(before + (last - first), first - DAY)
    return Period(key, Span(first, last), Span(before, before_last), first - DAY, beyond if beyond <= today else None)


def _midnight(day):
    return datetime.combine(day, time.min, current_reader().zone)


def first_of_week(day):
    first = SATURDAY if current_reader().reads_jalali else MONDAY
    return day - (day.weekday() - first) % 7 * DAY


def first_of_month(day):
    if current_reader().reads_jalali:
        year, month, _day = to_jalali(day)
        return from_jalali(year, month, 1)
    return day.replace(day=1)


def first_of_year(day):
    if current_reader().reads_jalali:
        return from_jalali(to_jalali(day)[0], 1, 1)
    return day.replace(month=1, day=1)


_FIRST = {"month": first_of_month, "year": first_of_year}
# No month is longer than 31 days and no year than 366.
_NEXT = {
    "day": lambda day: day + DAY,
    "week": lambda day: first_of_week(day) + 7 * DAY,
    "month": lambda day: first_of_month(first_of_month(day) + 31 * DAY),
    "year": lambda day: first_of_year(first_of_year(day) + 366 * DAY),
}


def mark_words(span, step):
    """The same under a point of the line, where there is room for a day: the first one."""
    return step_words(span, step) if step == "month" else format_moment(span.first, "day")


def step_words(span, step):
    """19 Nov · 17 Nov – 23 Nov · Nov 2026."""
    return format_moment(span.first, "month") if step == "month" else str(span)
