"""Values of operators as people write them in four languages: names of the owner's, days, short words."""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import translation
from i18nfield.strings import LazyI18nString

from common.fields import JalaliDateField
from common.jalali import DateNotUnderstood, NoSuchDay, from_jalali
from common.moments import reader_today
from common.normaliser import normalise
from common.numbers import ascii_digits
from statuses.models import StatusKind

# A star: whatever the ending, “zamknięte” as well as “zamknięty”.
ME = ("me", "myself", "من", "خودم", "بنده", "ja", "mnie", "mi", "moje", "я", "мне", "меня", "мои")
NOBODY = ("nobody", "none", "noone", "unassigned", "هیچکس", "بی‌مسئول", "nikt", "nikomu", "nikogo", "brak", "никто", "никому", "нет")
FILE = ("file*", "attach*", "فایل*", "پیوست*", "ضمیمه*", "plik*", "załącz*", "файл*", "вложен*")
UNREAD = ("unread", "نخوانده*", "خوانده‌نشده*", "nieprzeczyt*", "непрочит*")
SNOOZED = ("snooz*", "asleep", "sleeping", "خواب*", "درخواب*", "تعویق*", "بهتعویق*", "uśpion*", "odłożon*", "drzem*", "отложен*", "спящ*")
IS_OPEN = ("open", "باز", "otwart*", "открыт*")
IS_CLOSED = ("closed", "بسته*", "zamknięt*", "закрыт*")
_WAITING = ("waiting", "منتظر*", "در‌انتظار*", "oczek*", "czeka*", "ожида*", "ждет", "ждут")
KINDS = {
    StatusKind.NEW: ("new", "جدید", "تازه", "nowe", "nowy", "nowa", "новый", "новые", "новая", "новое"),
    StatusKind.OPEN: IS_OPEN,
    StatusKind.WAITING_FOR_CUSTOMER: _WAITING,
    StatusKind.WAITING_FOR_OTHERS: _WAITING,
    StatusKind.CLOSED: IS_CLOSED,
}
_TODAY = ("today", "امروز", "dziś", "dzisiaj", "сегодня")
_YESTERDAY = ("yesterday", "دیروز", "wczoraj", "вчера")
#: How many days a unit has, by its words.
_UNITS = {
    1: ("d", "day*", "روز*", "ر", "dni*", "dzień", "д", "дн*", "день"),
    7: ("w", "week*", "هفته*", "ty*", "н", "нед*"),
    30: ("m", "mo", "month*", "ماه*", "mies*", "м", "мес*"),
    365: ("y", "year*", "سال*", "r", "rok*", "lat*", "г", "год*", "лет"),
}
_AGO = re.compile(r"(\d{1,4}) ?([^\W\d_]{1,10})\Z")
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?\Z")


def compact(text):
    """Folded, in one piece: half-spaces, spaces and hyphens play no part."""
    return normalise(text).replace(" ", "").replace("-", "")


def means(value, words):
    """Whether the value is one of these words."""
    value = compact(value)
    return any(value.startswith(compact(word[:-1])) if word.endswith("*") else value == compact(word) for word in words) and value != ""


def kinds_called(value):
    """The kinds of status a person may mean: by a word of ours, or by the name the product gives the kind in some language."""
    found = {kind for kind, words in KINDS.items() if means(value, words)}
    for language in ("en", "fa", "pl", "ru"):
        with translation.override(language):
            found |= {kind for kind in StatusKind if compact(kind.label) == compact(value)}
    return found


def spellings(name):
    """Every language's words of a name of the owner's."""
    data = name.data if isinstance(name, LazyI18nString) else name
    return [words for words in (data.values() if isinstance(data, dict) else [data]) if words]


def named(rows, value, names=lambda row: spellings(row.name)):
    """Rows called like this in any language: exactly so if there are any, else those with words that begin like the words of the value."""
    wanted = normalise(value)
    if not compact(value):
        return []
    exact = [row for row in rows if compact(value) in {compact(name) for name in names(row)}]
    return exact or [row for row in rows if any(_holds(normalise(name), wanted.split()) for name in names(row))]


def _holds(name, beginnings):
    words = re.findall(r"[^\W_]+", name)
    return all(any(word.startswith(beginning) for word in words) for beginning in beginnings)


def day_called(value):
    """The day a person means: a date of either calendar, a month or a year (their first day), 7d, today, yesterday.

    Raises ValidationError in words.
    """
    today = reader_today()
    if means(value, _TODAY):
        return today
    if means(value, _YESTERDAY):
        return today - timedelta(days=1)
    if ago := _AGO.match(normalise(value)):
        days = next((days for days, words in _UNITS.items() if means(ago[2], words)), None)
        if days:
            return today - timedelta(days=min(int(ago[1]) * days, 36_500))
    if month := _MONTH.match(ascii_digits(value).strip()):
        return _first_of(int(month[1]), int(month[2] or 1))
    day = JalaliDateField(required=False).clean(value)
    if day is None:
        raise ValidationError(str(DateNotUnderstood()))
    return day


def _first_of(year, month):
    try:
        return from_jalali(year, month, 1) if year < 1700 else reader_today().replace(year=year, month=month, day=1)
    except ValueError as error:
        raise ValidationError(str(NoSuchDay())) from error
