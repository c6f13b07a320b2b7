"""The messages of a talk and what happened between them. Sixty stand on one page, so they are written here and not as templates.

{% load talk_parts %}{% talk_entry entry %}
"""

from django import template
from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.drawing import draw, escaped, joined
from common.moments import format_moment
from common.templatetags.components import avatar, icon
from tickets.choices import Source

register = template.Library()


_SAID = '\n<article class="say{}" id="m{}">{}\n  {}\n  <div class="say-body{}">{}{}</div>\n  {}\n  {}\n</article>\n'
_HAPPENED = '<p class="happened" id="e{0}">{1}<span>{2}</span>{3}<a class="say-way" href="{4}?at=e{0}#e{0}"><time datetime="{5}">{6}</time></a>{7}{8}</p>'
_TO_OTHER, _TO_MESSAGE = '<a href="{}">{}</a>', '<a href="{0}?at=m{1}#m{1}">{2}</a>'


@register.simple_tag(takes_context=True)
def talk_entry(context, entry):
    """A message or a line of history. `entry`: backoffice.tickets.talk.Said or Happened; ticket, can, customer_words and talk are there."""
    return _said(context, entry) if getattr(entry, "message", None) else _happened(context, entry)


def _said(context, entry):
    message = entry.message
    ours = "" if message.is_from_customer else " say-ours"
    return draw(
        _SAID,
        " say-note" if message.is_note else ours,
        message.pk,
        avatar(entry.face),
        said_head(entry),
        " say-long" if entry.is_long else "",
        _words(entry) if message.body_html else "",
        _part(context, "_said_files", entry=entry) if entry.files else "",
        draw('<div class="say-delivery">{}</div>', joined(_fate(context, one) for one in entry.deliveries)) if entry.deliveries else "",
        _part(context, "_show_note", message=message) if entry.can_show else "",
    )


def _words(entry):
    whole = ""
    if entry.is_long:
        whole = draw('<label class="btn btn-sm say-whole"><input type="checkbox">{}</label>', _("Show the whole message"))
    # Sanitised when it was stored.
    return draw('<div class="prose" dir="auto">{}</div>{}', entry.html, whole)


def _happened(context, entry):
    url = context["talk"].url
    way = ""
    if entry.leads_to:
        way = draw(_TO_OTHER, reverse("backoffice:ticket", args=[entry.leads_to]), pgettext("a merged ticket", "Look at it"))
    elif entry.said:
        way = draw(_TO_MESSAGE, url, entry.said, pgettext("a message", "Look at it"))
    return draw(
        _HAPPENED,
        entry.event.pk,
        icon(entry.icon),
        capfirst(entry.words),
        way,
        url,
        format_moment(entry.moment, "machine"),
        format_moment(entry.moment, "moment"),
        _new() if entry.is_new else "",
        joined(_fate(context, one) for one in entry.deliveries),
    )


def _fate(context, delivery):
    """What became of one message to the customer. One that failed has a form to try it again."""
    if delivery.can_be_retried:
        return _part(context, "_fate", delivery=delivery)
    copy = draw("{}: ", pgettext("of an answer, by mail", "copy")) if delivery.is_copy else ""
    return draw(
        '<a class="fate" href="{}deliveries/{}/"{}>{}{}{}</a>\n',
        context["talk"].url,
        delivery.pk,
        draw(' title="{}"', format_moment(delivery.sent_at, "moment_full")) if delivery.sent_at else "",
        icon("phone" if delivery.channel == "sms" else "envelope"),
        copy,
        delivery.fate,
    )


def _part(context, name, **values):
    """A part that is rare, or has a form in it."""
    with context.push(**values):
        return context.template.engine.get_template(f"backoffice/tickets/{name}.html").render(context)


def _new():
    return draw('<span class="chip chip-accent">{}</span>', pgettext("since you opened the page", "new"))


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
    if entry.helped:
        words, face, comment = entry.helped
        said = draw('<span title="{}">{}</span>', comment, words) if comment else escaped(words)
        yield _fact(icon(face, label=_("Did this answer help?")), said)
    if entry.changed:
        yield _fact(icon("pencil"), escaped(entry.changed))
    if entry.is_new:
        yield _new()


def _fact(sign, words):
    return draw('<span class="say-source">{}{}</span>', sign, words)
