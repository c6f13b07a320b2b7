"""Moments as their reader reads them: language, calendar, time zone, digits.

Everything is stored in UTC. `ReaderMiddleware` says who reads a page; `reading_as` says who reads a mail or an SMS.
The active language is always the one of the words around, so dates never differ from their sentence.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext, pgettext

from common import calendar_names as names
from common.jalali import to_jalali
from common.numbers import format_number, language_of_reader, local_digits

AUTO, JALALI, GREGORIAN = "auto", "jalali", "gregorian"


@dataclass(frozen=True)
class Reader:
    """For whom we write. Calendar "auto" is Jalali in Persian and Gregorian elsewhere; an unknown time zone becomes the settings' own."""

    language: str = "en"
    calendar: str = AUTO
    time_zone: str = ""

    @cached_property
    def reads_jalali(self) -> bool:
        return self.calendar == JALALI or (self.calendar != GREGORIAN and language_of_reader(self.language) == "fa")

    @cached_property
    def zone(self):
        return zone_or_default(self.time_zone)


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


def zone_or_default(name):
    try:
        return ZoneInfo(name) if name else ZoneInfo(settings.TIME_ZONE)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


@cache
def zone_choices():
    """Time zones by part of the world, as a list of groups. Reading them from the disk takes a while, so it is done once."""
    groups = {}
    for name in sorted(available_timezones()):
        area, slash, city = name.partition("/")
        if slash and area not in {"Etc", "SystemV", "US", "posix", "right"}:
            groups.setdefault(area, []).append((name, city.replace("_", " ").replace("/", ", ")))
    return [*groups.items(), ("UTC", "UTC")]


def current_reader() -> Reader:
    """Who reads now. Outside of any request: the active language and time zone."""
    active = language_of_reader()
    reader = _reader.get()
    if reader is None:
        return Reader(language=active, time_zone=timezone.get_current_timezone_name())
    return reader if language_of_reader(reader.language) == active else replace(reader, language=active)


@contextmanager
def reading_as(*, language=None, calendar=None, time_zone=None):
    """Write for this reader: activates translation and time zone, and puts all three back afterwards. What is not given stays."""
    before = current_reader()
    reader = Reader(language=language or before.language, calendar=calendar or before.calendar, time_zone=time_zone or before.time_zone)
    token = _reader.set(reader)
    try:
        with translation.override(reader.language), timezone.override(reader.zone):
            yield reader
    finally:
        _reader.reset(token)


def format_moment(moment, style="moment", reader=None) -> str:
    """A datetime (or a date, for the day styles) in words. Nothing for nothing.

    moment       Thu 19 Nov, 10:12 · today, 9:05 · yesterday, 9:05 (year only when it is another one)
    moment_full  Thu 19 Nov 2026, 10:12, for what is read later: mails, prints, tooltips
    until        9:05 where it is today, else as moment: what stands after “by”, which takes no “today”
    day          19 Nov (year only when it is another one)      day_long  Thursday, 19 November 2026
    month        Nov 2026, whichever day of it is given
    day_numeric  2026-11-19, the form a date field shows and takes back
    clock        9:05
    ago          25 min · 2 d, an age at a glance               ago_long  25 minutes ago
    machine      2026-11-19T06:42:00+00:00, for <time datetime="">
    """
    if moment is None or moment == "":
        return ""
    reader = reader or current_reader()
    if style == "machine":
        return _machine(moment)
    active = translation.get_language()
    if active is None or language_of_reader(active) != language_of_reader(reader.language):
        with translation.override(reader.language):
            return write_moment(moment, style, reader)
    return write_moment(moment, style, reader)


def write_moment(moment, style, reader) -> str:
    """The same, where many are written for one reader: the moment is there, and the reader's language is the active one."""
    return _STYLES[style](_at_home(moment, reader), reader)


def _machine(moment):
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return _aware(moment).astimezone(UTC).isoformat(timespec="seconds")


def _aware(moment):
    return moment.replace(tzinfo=UTC) if timezone.is_naive(moment) else moment


def _at_home(moment, reader):
    """The moment in the reader's zone; a plain date belongs to no zone and stays."""
    if not isinstance(moment, datetime):
        return moment
    try:
        return _aware(moment).astimezone(reader.zone)
    except OverflowError:
        return _aware(moment)


def _parts(day, reader):
    """(year, month, day, calendar) as the reader counts. Days before the first Jalali year are shown Gregorian."""
    if reader.reads_jalali:
        try:
            return *to_jalali(day), JALALI
        except (ValueError, OverflowError):
            pass
    return day.year, day.month, day.day, GREGORIAN


def _today(reader):
    return timezone.now().astimezone(reader.zone)


def _is_this_year(day, reader):
    return _parts(day, reader)[0] == _parts(_today(reader), reader)[0]


def _day(day, reader, *, with_year=None):
    language = language_of_reader(reader.language)
    year, month, number, calendar = _parts(day, reader)
    with_year = not _is_this_year(day, reader) if with_year is None else with_year
    written = names.PATTERNS[language]["day_year" if with_year else "day"].format(
        d=number, m=names.SHORT_MONTHS[calendar][language][month - 1], y=year
    )
    return local_digits(written, language)


def _month(day, reader):
    language = language_of_reader(reader.language)
    year, month, _number, calendar = _parts(day, reader)
    return local_digits(f"{names.ALONE[calendar][language][month - 1]} {year}", language)


def _day_long(day, reader):
    language = language_of_reader(reader.language)
    year, month, number, calendar = _parts(day, reader)
    written = names.PATTERNS[language]["day_long"].format(
        w=names.WEEKDAYS[language][day.weekday()], d=number, m=names.MONTHS[calendar][language][month - 1], y=year
    )
    return local_digits(written, language)


def _day_numeric(day, reader):
    language = language_of_reader(reader.language)
    year, month, number, calendar = _parts(day, reader)
    pattern = names.NUMERIC_JALALI if calendar == JALALI else names.NUMERIC[language]
    return local_digits(pattern.format(y=year, m=month, d=number), language)


def _clock(moment, reader):
    if not isinstance(moment, datetime):
        return ""
    return local_digits(f"{moment.hour}:{moment.minute:02}", reader.language)


def _moment(moment, reader):
    if isinstance(moment, datetime):
        days_back = (_today(reader).date() - moment.date()).days
        if days_back == 0:
            return pgettext("moment", "today, %(clock)s") % {"clock": _clock(moment, reader)}
        if days_back == 1:
            return pgettext("moment", "yesterday, %(clock)s") % {"clock": _clock(moment, reader)}
    return _moment_full(moment, reader, with_year=None)


def _until(moment, reader):
    if isinstance(moment, datetime) and moment.date() == _today(reader).date():
        return _clock(moment, reader)
    return _moment_full(moment, reader, with_year=None)


def _moment_full(moment, reader, *, with_year=True):
    language = language_of_reader(reader.language)
    if not isinstance(moment, datetime):
        return _day(moment, reader, with_year=with_year)
    if with_year:
        weekday, day = _full_day(moment.date(), reader)
    else:
        weekday, day = names.SHORT_WEEKDAYS[language][moment.weekday()], _day(moment, reader, with_year=with_year)
    return names.PATTERNS[language]["moment"].format(w=weekday, day=day, t=_clock(moment, reader))


@lru_cache(maxsize=2000)
def _full_day(day, reader):
    """(weekday, day with its year). The tooltips of a list have many of the same days."""
    return names.SHORT_WEEKDAYS[language_of_reader(reader.language)][day.weekday()], _day(day, reader, with_year=True)


def _age(moment):
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time(), UTC)
    # Clocks of two machines differ a little; nothing has happened in the future.
    return max(timedelta(0), timezone.now() - moment)


def _ago(moment, reader):
    minutes = int(_age(moment).total_seconds() // 60)
    if minutes < 1:
        return pgettext("age", "now")
    if minutes < 60:
        words, count = ngettext("%(count)s min", "%(count)s min", minutes), minutes
    elif minutes < 24 * 60:
        count = minutes // 60
        words = ngettext("%(count)s h", "%(count)s h", count)
    elif minutes < 60 * 24 * 60:
        count = minutes // (24 * 60)
        words = ngettext("%(count)s d", "%(count)s d", count)
    else:
        count = minutes // (30 * 24 * 60)
        words = ngettext("%(count)s mo", "%(count)s mo", count)
    return words % {"count": format_number(count, language=reader.language)}


def _ago_long(moment, reader):
    minutes = int(_age(moment).total_seconds() // 60)
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        words, count = ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes), minutes
    elif minutes < 24 * 60:
        count = minutes // 60
        words = ngettext("%(count)s hour ago", "%(count)s hours ago", count)
    elif minutes < 60 * 24 * 60:
        count = minutes // (24 * 60)
        words = ngettext("%(count)s day ago", "%(count)s days ago", count)
    else:
        count = minutes // (30 * 24 * 60)
        words = ngettext("%(count)s month ago", "%(count)s months ago", count)
    return words % {"count": format_number(count, language=reader.language)}


_STYLES = {
    "moment": _moment,
    "moment_full": _moment_full,
    "until": _until,
    "day": _day,
    "month": _month,
    "day_long": _day_long,
    "day_numeric": _day_numeric,
    "clock": _clock,
    "ago": _ago,
    "ago_long": _ago_long,
}


def reader_today(reader=None) -> date:
    """The day it is where the reader lives."""
    return _today(reader or current_reader()).date()


def end_of_day(day, reader=None):
    """The last second of the day where the reader lives: “until 5 June” includes 5 June. None for no day."""
    return datetime.combine(day, time(23, 59, 59), (reader or current_reader()).zone) if day else None


def is_reader_known() -> bool:
    """Whether somebody already said who reads, so that the active language is theirs."""
    return _reader.get() is not None
