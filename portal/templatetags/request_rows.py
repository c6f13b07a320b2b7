"""My requests as lines of a list. They stand sixty times on one page, so they are written here and not as a template.

{% load request_rows %}{% request_row row %}, or in short on the home page.
"""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.drawing import draw
from common.moments import current_reader, format_moment, write_moment
from common.numbers import local_digits
from common.templatetags.components import turn
from common.templatetags.formats import isolate

register = template.Library()


@register.simple_tag
def request_row(row, short=False):
    """One portal.tickets.rows.Row. In a search its ticket has `found`: its words with the hits marked."""
    ticket, reader = row.ticket, current_reader()
    found = getattr(ticket, "found", None)
    return draw(
        '<a class="request{}" href="{}"><span class="request-line">{} <time datetime="{}" title="{}">{}</time></span>'
        " <strong><bdi>{}</bdi></strong>\n{}\n{}</a>",
        " request-yours" if row.turn.is_yours else "",
        row.url,
        turn(row.turn.kind, row.turn.words),
        format_moment(ticket.last_message_at, "machine", reader),
        write_moment(ticket.last_message_at, "moment_full", reader),
        write_moment(ticket.last_message_at, "day", reader),
        found.subject if found else ticket.subject,
        _said(row, found),
        "" if short else _facts(row, found),
    )


def _said(row, found):
    ticket = row.ticket
    if found and found.line:
        return draw('<span class="second small clip"><bdi>{}</bdi></span>', found.line)
    if row.turn.is_over or not ticket.last_public_words:
        return ""
    who = pgettext("who wrote last", "You:") if ticket.last_word_by_customer and not row.asked_by else ""
    return draw('<span class="second small clip">{} <bdi>{}</bdi></span>', who, found.last_words if found else ticket.last_public_words)


def _facts(row, found):
    ticket = row.ticket
    return draw(
        '<span class="muted small">{}<bdi>{}</bdi> · <bdi>{}</bdi>{} · <bdi>{}</bdi></span>',
        draw("<strong><bdi>{}</bdi></strong> · ", _("Asked by %(name)s") % {"name": isolate(row.asked_by)}) if row.asked_by else "",
        ticket.department.name,
        _("Answered") if ticket.is_answered else _("Waiting for our answer"),
        draw(" · <bdi>{}</bdi>", row.stage) if row.stage else "",
        found.number if found else local_digits(ticket.number),
    )
