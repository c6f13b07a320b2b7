"""Numbers as a reader's language writes them. Persian has its own digits, ٬ between thousands and ٫ before decimals."""

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
NO_BREAK_SPACE = "\u00a0"

# language: thousands, decimal point, digits before the thousands are parted, minus sign
_SIGNS = {
    "en": (",", ".", 4, "−"),
    "fa": ("٬", "٫", 4, "\u200e−"),
    "pl": (NO_BREAK_SPACE, ",", 5, "−"),
    "ru": (NO_BREAK_SPACE, ",", 5, "−"),
}


def language_of_reader(language=None) -> str:
    """One of the four languages we write: the given one, or the active one, else English."""
    return _short(language or get_language() or "en")


@lru_cache(maxsize=64)
def _short(language):
    short = language.split("-")[0].lower()
    return short if short in _SIGNS else "en"


def ascii_digits(text) -> str:
    """The same text with the digits of every script (۴, ٤, ४, ４) as 0-9."""
    text = str(text)
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def local_digits(text, language=None) -> str:
    """The same text with its ASCII digits in the reader's script; nothing else changes."""
    return str(text).translate(PERSIAN_DIGITS) if language_of_reader(language) == "fa" else str(text)


def format_number(number, decimals=None, language=None) -> str:
    """A number with thousands parted. `decimals` fixes the count of decimals (rounded half to even); else they stay as given."""
    language = language_of_reader(language)
    if type(number) is int and 0 <= number < 1000 and decimals is None:
        return local_digits(number, language)
    thousands, point, grouped_from, minus = _SIGNS[language]
    value = number if isinstance(number, Decimal) else Decimal(str(number))
    if not value.is_finite():
        return "–"
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    sign, _dot, rest = f"{abs(value):f}".partition(".")
    whole = f"{int(sign):,}".replace(",", thousands) if len(sign) >= grouped_from else sign
    written = (minus if value < 0 else "") + whole + (point + rest if rest else "")
    return local_digits(written, language)


class NumberNotUnderstood(DeskError):
    message = _("This is not a number we can read. Write it like %(example)s.")

    def __str__(self):
        return str(self.message) % {"example": format_number(Decimal("12500.5"))}


def parse_number(text, language=None) -> Decimal:
    """The number a person typed: digits of any script, thousands parted or not, the decimal sign of their language or a dot.

    Raises NumberNotUnderstood, also for thousands that are parted at the wrong places: then the sign may mean something else.
    """
    thousands, point, _grouped_from, _minus = _SIGNS[language_of_reader(language)]
    typed = re.sub(r"[\s\u200b-\u200f\u2066-\u2069\ufeff]", " ", ascii_digits(text)).strip()
    typed = typed.replace("\u2212", "-").replace("\u2013", "-").replace("\u066b", ".").replace("\u066c", "'")
    if point == ",":
        typed = typed.replace(",", ".")
    elif thousands in ",٬":
        typed = typed.replace(",", "'")
    found = _TYPED_NUMBER.match(typed)
    if not found:
        raise NumberNotUnderstood()
    sign, whole, decimals = found.groups()
    return Decimal(sign + re.sub(r"\D", "", whole or "0") + (f".{decimals}" if decimals else ""))


# 12500 · 12 500 · 12'500, with decimals or without.
_TYPED_NUMBER = re.compile(r"([-+]?) ?(\d{1,3}(?:[ ']\d{3})+|\d+)?(?:\.(\d+))?(?<=\d)\Z")


def format_size(size, language=None) -> str:
    """A size of a file in words: 12 kB, 2.4 MB. Thousands, not 1024s, as file managers say it."""
    size = max(0, int(size or 0))
    if size < 1000:
        return pgettext("file size", "%(number)s B") % {"number": format_number(size, language=language)}
    if size < 999_500:
        return pgettext("file size", "%(number)s kB") % {"number": format_number(round(size / 1000), language=language)}
    unit, words = (1e6, pgettext("file size", "%(number)s MB")) if size < 999_500_000 else (1e9, pgettext("file size", "%(number)s GB"))
    amount = Decimal(str(size / unit))
    number = format_number(amount, decimals=1 if amount < 10 else 0, language=language)
    return words % {"number": number}
