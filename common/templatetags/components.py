"""The named parts pages are made of. Loaded in every template; each template in templates/components names its variables.

The smallest ones (icon, mark, status, avatar, turn) stand on a list fifty times over, so they are written here and not as templates.
"""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

from common.templatetags.formats import initials, tint

register = template.Library()

# Drawn for left-to-right; they turn on right-to-left pages. Clocks, checks, search, circles of return and media do not.
TURNING = set("arrow-left arrow-right chevron-left chevron-right reply send send-fill box-arrow-right box-arrow-up-right".split())


@cache
def sprite():
    return static("icons.svg")


# --- Signs ------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name, label="", css=""):
    """An icon of scripts/icons/names.txt. Alone in a button it needs a label, which only screen readers say."""
    turn = " icon-turn" if name in TURNING else ""
    svg = format_html(
        '<svg class="icon{}{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>', turn, f" {css}" if css else "", sprite(), name
    )
    return format_html('{}<span class="visually-hidden">{}</span>', svg, label) if label else svg


@register.simple_tag
def mark(of, label=""):
    """Whose turn it is, by shape. Takes a kind (“open”, inside something with class tone) or a status, whose colour it then wears."""
    kind = getattr(of, "kind", of)
    colour = format_html(' data-kind="{}"{}', kind, _own_colour(of)) if kind is not of else ""
    svg = format_html(
        '<svg class="mark{}"{} aria-hidden="true"><use href="{}#i-mark-{}"></use></svg>', " tone" if colour else "", colour, sprite(), kind
    )
    return format_html('{}<span class="visually-hidden">{}</span>', svg, label) if label else svg


@register.simple_tag
def status(of, label="", plain=False):
    """A status as a pill in its owner's colour. `label` replaces the name (customers read another one); plain leaves the mark out."""
    return format_html(
        '<span class="status{} tone" data-kind="{}"{}>{}<span>{}</span></span>',
        " status-plain" if plain else "",
        of.kind,
        _own_colour(of),
        "" if plain else mark(of.kind),
        label or of.name,
    )


def _own_colour(of):
    """Without a colour of its own a status wears its kind's."""
    return format_html(' data-status="{}"', of.pk) if getattr(of, "hue", None) is not None else ""


@register.simple_tag
def turn(kind, words):
    """The same sign from the customer's chair: filled when it waits for them, hollow when it is with the store."""
    if kind == "closed":
        seen = "closed"
    else:
        seen = "open" if kind == "waiting_for_customer" else "waiting_for_customer"
    return format_html('<span class="turn{}">{}<span>{}</span></span>', " turn-yours" if seen == "open" else "", mark(seen), words)


@register.simple_tag
def avatar(person, size="", here=False, title=False, team=False):
    """Initials on the person's tint, in a square for a team. Nobody is a dashed ring that is read aloud as “Nobody”; a name written
    beside it is not repeated."""
    css = f" avatar-{size}" if size else ""
    name = str(person or "")
    if not name:
        return format_html('<span class="avatar avatar-none{}"><span class="visually-hidden">{}</span></span>', css, _("Nobody"))
    css += (" avatar-here" if here else "") + (" avatar-team" if team else "")
    if title:
        words = _("Team %(name)s") % {"name": f"\u2068{name}\u2069"} if team else name
        return format_html(
            '<span class="avatar tone {}{}" role="img" aria-label="{}" title="{}">{}</span>', tint(name), css, words, words, initials(name)
        )
    return format_html('<span class="avatar tone {}{}" aria-hidden="true">{}</span>', tint(name), css, initials(name))


# --- Parts with words inside ------------------------------------------------------------------------
@register.simple_block_tag(takes_context=True)
def panel(context, content, title="", more_url="", more_label="", key="", flush=False, css=""):
    return _draw(context, "panel", locals())


@register.simple_block_tag(takes_context=True)
def callout(context, content, tone="", icon="", role="", css=""):
    return _draw(context, "callout", locals())


@register.simple_block_tag(takes_context=True)
def empty(context, content, title):
    return _draw(context, "empty", locals())


def _draw(context, name, variables):
    variables = {key: value for key, value in variables.items() if key != "context"}
    return context.template.engine.get_template(f"components/{name}.html").render(context.new(variables))


# --- Parts from values ------------------------------------------------------------------------------
@register.inclusion_tag("components/button.html")
def button(label, kind="", icon="", size="", href="", type="submit", name="", value="", css=""):
    return locals()


@register.inclusion_tag("components/file.html")
def file(attachment, url="", picture_url=""):
    return {"attachment": attachment, "url": url, "picture_url": picture_url, "sign": file_sign(attachment.content_type)}


def file_sign(content_type):
    """The icon that tells what kind of file it is."""
    kind, _slash, exact = content_type.partition("/")
    for words, sign in (
        (("image",), "file-earmark-image"),
        (("video",), "file-earmark-play"),
        (("audio",), "file-earmark-music"),
        (("pdf",), "file-earmark-pdf"),
        (("zip", "compressed", "tar", "rar"), "file-earmark-zip"),
        (("sheet", "excel", "csv"), "file-earmark-spreadsheet"),
        (("text", "word", "document"), "file-earmark-text"),
    ):
        if kind in words or any(word in exact for word in words):
            return sign
    return "file-earmark"


@register.inclusion_tag("components/pagination.html")
def pagination(page, previous_label="", next_label=""):
    return locals()


@register.inclusion_tag("components/error_summary.html")
def error_summary(form, title=""):
    """Every mistake of a bound form in one list; a label that ends in a question mark needs no colon after it."""
    rows = [("", "", error) for error in form.non_field_errors()] if form.errors else []
    for field in form if form.errors else ():
        label = str(field.label or "")
        label = label if not label or label[-1] in "?!.:؟" else f"{label}:"
        place = "" if field.is_hidden else field.id_for_label or field.auto_id
        rows += [(place, label, error) for error in field.errors]
    return {"rows": rows, "title": title}


@register.inclusion_tag("components/toasts.html", takes_context=True)
def toasts(context):
    return {"messages": context.get("messages")}


@register.inclusion_tag("components/file_field.html")
def file_field(field, labelled=False):
    """A file input inside <file-drop>, with the sentences the element says. Its label is only read aloud, unless one stands there."""
    return {"field": field, "labelled": labelled}
