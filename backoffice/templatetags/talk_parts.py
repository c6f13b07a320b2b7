"""What stands over each message of a talk. Sixty stand on one page, so it is written here and not as a template.

{% load talk_parts %}{% said_head entry %}
"""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.drawing import draw, escaped, joined
from common.moments import format_moment
from common.templatetags.components import icon
from tickets.choices import Source

register = template.Library()


@register.simple_tag
def said_head(entry):
    """Who said it, when, by which way, what it did, and the ways on from it. `entry`: backoffice.tickets.talk.Said."""
    message = entry.message
    return draw(
        '<header><strong><bdi>{}</bdi></strong>{}<time datetime="{}" title="{}">{}</time>{}{}</header>',
        entry.author,
        _note() if message.is_note else "",
        format_moment(message.created_at, "machine"),
        format_moment(message.created_at, "moment_full"),
        format_moment(message.created_at, "moment"),
        SafeString("".join(_facts(entry, message))),
        _ways(entry, message.pk),
    )


def _ways(entry, pk):
    """A link that leads back to the message, and for those who may change it, the way there."""
    link = draw('<a class="say-way" href="{0}?at=m{1}#m{1}">{2}</a>', entry.url, pk, icon("link-45deg", label=_("Link to this message")))
    if entry.can_change:
        sign = icon("pencil", label=_("Change this message"))
        link += draw('<a class="say-way" href="{}messages/{}/">{}</a>', entry.url, pk, sign)
    if entry.has_originals:
        sign = icon("clock-history", label=_("Originals of this message"))
        link += draw('<a class="say-way" href="{}messages/{}/originals/">{}</a>', entry.url, pk, sign)
    return link


def _note():
    return draw('<span class="chip chip-note">{}{}</span>', icon("lock-fill"), _("Only staff see this"))


def _facts(entry, message):
    if message.is_from_customer:
        sign = icon("envelope" if message.source == Source.MAIL else "globe")
        yield _fact(sign, escaped(message.get_source_display()))
    if entry.status_after:
        yield _fact(icon("arrow-right", label=_("status now:")), draw("<bdi>{}</bdi>", entry.status_after))
    if entry.mentioned:
        names = joined(draw('<bdi class="mention">{}</bdi>', name) for name in entry.mentioned)
        yield _fact(icon("at", label=_("told of this note:")), names)
    if entry.changed:
        yield _fact(icon("pencil"), escaped(entry.changed))
    if entry.is_new:
        yield draw('<span class="chip chip-accent">{}</span>', pgettext("since you opened the page", "new"))


def _fact(sign, words):
    return draw('<span class="say-source">{}{}</span>', sign, words)
