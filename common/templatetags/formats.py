"""Filters that write dates, numbers and names for whoever reads the page. Loaded in every template."""

from zlib import crc32

from django import template

from common import moments, names, numbers, phones
from common.covered import with_marks

register = template.Library()

TINTS = 6


@register.filter
def moment(value):
    """Thu 19 Nov, 10:12; “today, 9:05”; a year only when it is another one."""
    return moments.format_moment(value, "moment")


@register.filter
def moment_full(value):
    """Thu 19 Nov 2026, 10:12: for mails, prints and tooltips, which are read later."""
    return moments.format_moment(value, "moment_full")


@register.filter
def until(value):
    """9:05 where it is today, else Thu 19 Nov, 10:12: for what stands after “by”."""
    return moments.format_moment(value, "until")


@register.filter
def day(value):
    return moments.format_moment(value, "day")


@register.filter
def day_long(value):
    return moments.format_moment(value, "day_long")


@register.filter
def clock(value):
    return moments.format_moment(value, "clock")


@register.filter
def ago(value):
    """An age at a glance: 25 min, 2 d."""
    return moments.format_moment(value, "ago")


@register.filter
def ago_long(value):
    """25 minutes ago."""
    return moments.format_moment(value, "ago_long")


@register.filter
def machine(value):
    """ISO 8601 in UTC, for <time datetime="">."""
    return moments.format_moment(value, "machine")


@register.filter
def num(value, decimals=None):
    """Grouped, in the reader's digits. What is not a number comes back as it is."""
    if value is None or value == "":
        return ""
    try:
        return numbers.format_number(value, decimals)
    except (ArithmeticError, ValueError):
        return value


@register.filter
def digits(value):
    """Only the digits change: for codes and times that are not quantities."""
    return "" if value is None else numbers.local_digits(value)


@register.filter
def filesize(value):
    return numbers.format_size(value)


@register.filter
def isolate(value):
    """The text between U+2068 and U+2069, so that its direction never moves its neighbours. For titles, options, mails and SMS."""
    return "" if value is None or value == "" else "\u2068" + str(value).replace("\u2068", "").replace("\u2069", "") + "\u2069"


@register.filter
def covered(value):
    """Words in which a customer may be hidden: the marks in their place are explained and read aloud."""
    return with_marks(value)


@register.filter
def phone(value):
    return phones.format_phone(value)


@register.filter
def initials(value):
    """First letters of the first and the last word; one letter in scripts whose letters would join."""
    letters = [letter for letter in (_first_letter(word) for word in str(value or "").split()) if letter]
    if not letters:
        return "?"
    if len(letters) == 1 or _joins(letters[0]):
        return letters[0]
    return letters[0] + letters[-1]


def _first_letter(word):
    return next((c.upper() for c in word if c.isalnum()), "")


def _joins(letter):
    return "\u0590" <= letter[0] <= "\u08ff" or "\ufb1d" <= letter[0] <= "\ufefc"


@register.filter
def callable_name(value):
    """The name as a greeting may call it; nothing in languages where it would need a vocative."""
    return names.callable_name(value)


@register.filter
def tint(value):
    """p1 to p6, always the same for the same name."""
    return f"p{crc32(str(value or '').strip().casefold().encode()) % TINTS + 1}"
