"""By when an answer was promised, in the words of a glance: 25 min late, in 2 h, today 17:30, tomorrow, Tue 24 Nov."""

from datetime import timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from common.moments import current_reader, format_moment

SOON = timedelta(hours=2)
_DAY = 24 * 60


def due_words(due):
    """(words, tone) of a promise; the tone is late, soon or nothing."""
    now = timezone.now()
    if due <= now:
        return pgettext("deadline", "%(time)s late") % {"time": _span(now - due)}, "late"
    if due - now < SOON:
        return pgettext("deadline", "in %(time)s") % {"time": _span(due - now)}, "soon"
    zone = current_reader().zone
    days = (due.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return pgettext("deadline", "today %(clock)s") % {"clock": format_moment(due, "clock")}, ""
    if days == 1:
        return _("tomorrow"), ""
    return format_moment(due, "day"), ""


def _span(span):
    """A length of time as an age is written: 25 min, 2 h, 3 d."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes >= _DAY:
        minutes -= minutes % _DAY
    return _words_of(minutes, current_reader().language, get_language())


@lru_cache(maxsize=4000)
def _words_of(minutes, _reader, _active):
    """A list has fifty of these, and many alike."""
    return format_moment(timezone.now() - timedelta(minutes=minutes), "ago")
