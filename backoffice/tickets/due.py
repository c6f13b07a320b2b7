"""By when an answer was promised, in the words of a glance: 25 min late, in 2 h, today 17:30, tomorrow, Tue 24 Nov."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.moments import current_reader, format_moment

SOON = timedelta(hours=2)


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
    return format_moment(timezone.now() - max(span, timedelta(minutes=1)), "ago")
