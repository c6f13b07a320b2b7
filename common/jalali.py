"""The Jalali (solar Hijri) calendar: arithmetic by jdatetime, reading of typed dates in either calendar."""

import re
from datetime import date
from functools import lru_cache

import jdatetime
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.numbers import ascii_digits

# A year below this is Jalali: the Gregorian 1700s are as far from a help desk as the Jalali 1700s.
_FIRST_GREGORIAN_YEAR = 1700
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")


class DateNotUnderstood(DeskError):
    message = _("This is not a date we can read. Write it like 2026-11-22, 22.11.2026 or 1405/09/01.")


class NoSuchDay(DeskError):
    message = _("There is no such day in the calendar.")


def to_jalali(day: date) -> tuple[int, int, int]:
    """(year, month, day) in the Jalali calendar. Raises ValueError before its first year."""
    return _to_jalali(day.year, day.month, day.day)


@lru_cache(maxsize=4000)
def _to_jalali(year, month, day):
    """Kept, because a list asks for the same few days over and over: ten years of them."""
    jalali = jdatetime.date.fromgregorian(date=date(year, month, day))
    return jalali.year, jalali.month, jalali.day


def from_jalali(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Jalali one. Raises ValueError when there is no such day (30 Esfand of a common year)."""
    try:
        return jdatetime.date(year, month, day).togregorian()
    except OverflowError as error:
        raise ValueError("out of range") from error


def is_leap(year: int) -> bool:
    return jdatetime.date(year, 1, 1).isleap()


def days_in_month(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month <= 11 or is_leap(year) else 29


def parse_date(text) -> date:
    """The day a person typed: digits of any script, year first or last, parted by - / or a dot, in either calendar.

    The year says which calendar it is. Raises DateNotUnderstood or NoSuchDay.
    """
    typed = re.sub(r"[\s\u200c\u200e\u200f\u2066-\u2069]", "", ascii_digits(text))
    if found := _YEAR_FIRST.match(typed):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.match(typed):
        day, month, year = map(int, found.groups())
    else:
        raise DateNotUnderstood()
    try:
        return from_jalali(year, month, day) if year < _FIRST_GREGORIAN_YEAR else date(year, month, day)
    except ValueError as error:
        raise NoSuchDay() from error
