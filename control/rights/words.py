"""Names in a row and sentences with bold names. Every sentence is translated as a whole; only its places are filled here."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.numbers import format_number

LONGEST = 4


def joined(names):
    """A, B and C; a long row ends in how many others there are. Names that are markup stay markup."""
    names = [conditional_escape(name) for name in names]
    if len(names) > LONGEST:
        left = len(names) - (LONGEST - 1)
        others = ngettext("%(count)s other", "%(count)s others", left) % {"count": format_number(left)}
        names = [*names[: LONGEST - 1], conditional_escape(others)]
    if not names:
        return ""
    row = names[0]
    for name in names[1:-1]:
        row = html_words(pgettext("list", "%(first)s, %(next)s"), first=row, next=name)
    return html_words(pgettext("list", "%(first)s and %(last)s"), first=row, last=names[-1]) if len(names) > 1 else row


def listed(labels):
    """answer, write notes, close and reopen: a row of labels that have an “and” of their own."""
    row = ""
    for label in labels:
        row = html_words(pgettext("list", "%(first)s, %(next)s"), first=row, next=label) if row else conditional_escape(label)
    return row


def html_words(sentence, **places):
    """A translated sentence whose places are filled with escaped text, or with markup that is safe already."""
    escaped = {name: conditional_escape(value) for name, value in places.items()}
    return mark_safe(conditional_escape(str(sentence)) % escaped)  # noqa: S308 - sentence and places are escaped


def bold(name):
    return format_html("<b><bdi>{}</bdi></b>", name)


def plain(name):
    return format_html("<bdi>{}</bdi>", name)


def too_many(number, limit):
    """A number, or words that say where counting stopped: 1,000+."""
    return _("%(number)s+") % {"number": format_number(limit)} if number > limit else format_number(number)
