"""By when an answer was promised, in the words of a glance: 25 min late, in 2 h, today 17:30, tomorrow, Tue 24 Nov."""

from datetime import timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.moments import current_reader, format_moment

SOON = timedelta(hours=2)
_DAY = 24 * 60


def due_words(due, reader=None):
    """(words, tone) of a promise; the tone is late, soon or nothing. `reader`: who reads now, where that is known already."""
    reader, now = reader or current_reader(), timezone.now()
    if due <= now:
        return _late(_minutes(now - due), reader.language), "late"
    if due - now < SOON:
        return _soon(_minutes(due - now), reader.language), "soon"
    zone = reader.zone
    days = (due.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return pgettext("deadline", "today %(clock)s") % {"clock": format_moment(due, "clock", reader)}, ""
    if days == 1:
        return _("tomorrow"), ""
    return format_moment(due, "day", reader), ""


def _minutes(span):
    """A length of time as it is written: 25 min, 2 h, 3 d. Of days, whole ones."""
    minutes = max(1, int(span.total_seconds() // 60))
    return minutes if minutes < _DAY else minutes - minutes % _DAY


# A list has fifty of these, and many alike. The language is the active one.


@lru_cache(maxsize=4000)
def _late(minutes, _language):
    return pgettext("deadline", "%(time)s late") % {"time": _words_of(minutes)}


@lru_cache(maxsize=1000)
def _soon(minutes, _language):
    return pgettext("deadline", "in %(time)s") % {"time": _words_of(minutes)}


def _words_of(minutes):
    return format_moment(timezone.now() - timedelta(minutes=minutes), "ago")
