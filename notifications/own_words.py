"""Messages in the owner's words: which there are, whether they can be used, and how they become a mail and an SMS.

The words are data, never a template: see tickets/variables.py. The design around them is the product's (own.html, own.txt).
"""

import logging
import re
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import mark_safe

from notifications.about import about, about_action
from notifications.choices import Template
from notifications.directions import apart
from notifications.models import ActionText, EventText
from notifications.originals import Words
from tickets.variables import fill, pieces, unknown_variables, variables_in

log = logging.getLogger(__name__)

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»]{1,500}", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?…)]،؛؟"
# Variables that become more than words when they stand on a line of their own.
_ALONE = re.compile(r"\{(link|words|code|choices)\}")


def text_of(delivery):
    """The owner's row for this message: an EventText, an ActionText, or None."""
    if delivery.is_copy:
        return None
    if delivery.template == Template.ACTION:
        return ActionText.objects.filter(pk=delivery.context.get("text")).first()
    return EventText.objects.filter(store=delivery.store_id, template=delivery.template).first() if delivery.store_id else None


def about_delivery(delivery):
    return about_action(delivery) if delivery.template == Template.ACTION else about(delivery.template)


def words_in(text, language) -> Words:
    """What the owner wrote in this language. A text of an action has one version at least, which serves the other languages too."""
    if isinstance(text, ActionText):
        return Words(*(part.localize(language) for part in (text.subject, text.body, text.sms)))
    return Words(*(own_in(part, language) for part in (text.subject, text.body, text.sms)))


def own_in(words, language) -> str:
    """The words in this very language; empty where there are none."""
    data = getattr(words, "data", words)
    return str(data.get(language) or "") if isinstance(data, dict) else ""


def usable_words(delivery, text, facts) -> Words:
    """The owner's words that can be sent as things are. A part that names what is not there, or lost what it must name, is left out.

    Whatever is left out is said in the product's words, so a mistake never stops a message.
    """
    about_it, written = about_delivery(delivery), words_in(text, delivery.language)
    if delivery.template == Template.ACTION:
        return written
    kept = {}
    for part in ("subject", "body", "sms"):
        words = getattr(written, part)
        fault = _fault(words, about_it, facts, must_name=part != "subject") if words else ""
        if fault:
            log.warning(
                "own words not used: %s of “%s” (%s, store %s): %s", part, delivery.template, delivery.language, delivery.store_id, fault
            )
        kept[part] = "" if fault else words
    return Words(**kept)


def _fault(words, about_it, facts, *, must_name):
    unknown = unknown_variables(words, about_it.known_names(words))
    if unknown:
        return f"unknown variable {unknown[0]}"
    named = set(variables_in(words))
    if must_name and about_it.needs and not any(name in named and facts[name] for name in about_it.needs):
        return f"without {{{about_it.needs[0]}}}"
    if missing := next((name for name in ("code", "link") if name in named and not facts[name]), None):
        return f"there is no {missing}"
    return ""


def line(words, facts) -> str:
    """A subject, or an SMS: one line."""
    return " ".join(fill(_closed_up(words, facts), facts, treat=apart).split())


def plain(words, facts) -> str:
    """The mail as text."""
    return fill(_closed_up(words, facts), facts, treat=lambda value: value if "\n" in value else apart(value)).strip()


def html(words, facts, *, about_it, direction, button="", said="", files=""):
    """The mail as HTML: paragraphs, links, and a button where {link} stands alone on its line. `said`: the answer as safe HTML."""
    parts = []
    for paragraph in _PARAGRAPHS.split(_closed_up(words, facts).strip()):
        lines = []
        for one in paragraph.split("\n"):
            alone = _ALONE.fullmatch(one.strip())
            if alone and alone.group(1) in facts:
                parts += _paragraph(lines, facts, direction)
                lines = []
                parts.append(_block(alone.group(1), facts, direction=direction, button=button, said=said, files=files))
            else:
                lines.append(one)
        parts += _paragraph(lines, facts, direction)
    return mark_safe("\n".join(part for part in parts if part))  # noqa: S308  every part is escaped where it is made


def _paragraph(lines, facts, direction):
    shown = "<br>".join(_line_html(one, facts) for one in lines if one.strip())
    return [f'<p dir="{direction}" class="m-p">{shown}</p>'] if shown else []


def _block(name, facts, *, direction, button, said, files):
    value = str(facts[name])
    if not value and not (name == "words" and said):
        return ""
    if name == "link":
        label = escape(button) if button else escape(value)
        return f'<p dir="{direction}" class="m-action"><a href="{escape(value)}" class="m-button">{label}</a></p>'
    if name == "words":
        shown = said or "<br>".join(escape(one) for one in value.split("\n"))
        return f'<div dir="auto" class="m-quote">{shown}</div>{files}'
    if name == "code":
        return f'<p dir="{direction}" class="m-code"><bdi dir="ltr">{escape(value)}</bdi></p>'
    choices = " ".join(
        f'<a href="{escape(link)}" class="m-choice">{escape(label)}</a>'
        for label, _colon, link in (one.rpartition(": ") for one in value.split("\n"))
    )
    return f'<p dir="{direction}" class="m-action">{choices}</p>'


def _line_html(words, facts):
    """One typed line: escaped, its addresses as links, its variables filled in. A value never becomes a link of its own."""
    out, end = [], 0
    for found in _ADDRESS.finditer(words):
        address = found.group().rstrip(_AFTER_ADDRESS)
        href = fill(address, facts, treat=lambda value: quote(value, safe=""))
        out += [
            _words_html(words[end : found.start()], facts),
            f'<a href="{escape(href)}" class="m-link">{_words_html(address, facts)}</a>',
        ]
        end = found.start() + len(address)
    return "".join([*out, _words_html(words[end:], facts)])


def _words_html(words, facts):
    out = []
    for name, value in pieces(words, facts):
        if name == "link" and value:
            out.append(f'<a href="{escape(value)}" class="m-link" dir="ltr">{escape(value)}</a>')
        elif name and "\n" in value:
            out.append("<br>".join(escape(one) for one in value.split("\n")))
        else:
            out.append(escape(apart(value) if name else value))
    return "".join(out)


def _closed_up(words, facts):
    """Without the space before a variable that has nothing to say: “Hello {first_name},” becomes “Hello,”."""
    for name in variables_in(words):
        if name in facts and not facts[name]:
            words = re.sub(rf"[ \u00a0]{{1,3}}(\{{{re.escape(name)}\}}[,.!?:;،؛؟…])", r"\1", words)
    return words
