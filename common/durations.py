"""How long something took: as people type it in four languages, and as it is read."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from common.errors import DeskError
from common.numbers import ascii_digits, format_number

LONGEST_MINUTES = 24 * 60
_CLOCK = re.compile(r"(\d{1,3}):([0-5]?\d)\Z")
_PART = re.compile(r"(\d{1,4}(?:\.\d{1,2})?) ?([^\W\d_]{1,12})?\.?(?: ?(?:and|و|i|и) )?[ ,]*")
_HOURS = ("h", "hr", "hrs", "hour", "hours", "ساعت", "س", "g", "godz", "godzina", "godziny", "godzin", "ч", "час", "часа", "часов")
_MINUTES = ("m", "min", "mins", "minute", "minutes", "دقیقه", "د", "minut", "minuta", "minuty", "м", "мин", "минута", "минуты", "минут")


class DurationNotUnderstood(DeskError):
    field = "duration"
    message = _("Write how long, like 1h 20m, 1:20 or 45.")


class DurationTooLong(DeskError):
    field = "duration"
    message = _("Write at least one minute, and at most a day.")


def parse_minutes(typed) -> int:
    """Whole minutes. A number alone is minutes; hours may have decimals. Raises DurationNotUnderstood or DurationTooLong."""
    text = ascii_digits(typed).strip().lower().replace("\u200c", " ").replace("\u00a0", " ").replace("٫", ".").replace("：", ":")
    text = re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"\s+", " ", text))[:60]
    if clock := _CLOCK.match(text):
        minutes = Decimal(int(clock[1]) * 60 + int(clock[2]))
    else:
        minutes = _sum_of_parts(text)
    minutes = int(minutes.to_integral_value())
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise DurationTooLong()
    return minutes


def _sum_of_parts(text):
    place, minutes, seen = 0, Decimal(0), set()
    while place < len(text):
        part = _PART.match(text, place)
        unit = part and part[2]
        per_unit = 60 if unit in _HOURS else 1 if unit in _MINUTES or unit is None else None
        if not part or per_unit is None or per_unit in seen or (unit is None and 60 not in seen and part.end() < len(text)):
            raise DurationNotUnderstood()
        seen.add(per_unit)
        minutes += Decimal(part[1]) * per_unit
        place = part.end()
    if not seen:
        raise DurationNotUnderstood()
    return minutes


def format_minutes(minutes) -> str:
    """45 min · 2 h · 1 h 20 min, in the reader's words and digits."""
    hours, rest = divmod(max(0, int(minutes or 0)), 60)
    facts = {"hours": format_number(hours), "minutes": format_number(rest)}
    if not hours:
        return pgettext("duration", "%(minutes)s min") % facts
    if not rest:
        return pgettext("duration", "%(hours)s h") % facts
    return pgettext("duration", "%(hours)s h %(minutes)s min") % facts
