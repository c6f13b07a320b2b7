"""The named parts pages are made of. Loaded in every template; each template in templates/components names its variables.

The smallest ones (icon, mark, status, avatar, turn) stand on a list fifty times over, so they are written here and not as templates.
"""

from functools import cache, lru_cache

from django import template
from django.templatetags.static import static
from django.utils.translation import gettext as _

from common.covered import with_marks
from common.drawing import draw, escaped
from common.form_drawing import draw_choices
from common.templatetags.formats import initials, tint

register = template.Library()

# Drawn for left-to-right; they turn on right-to-left pages. Clocks, checks, search, circles of return and media do not.
TURNING = set("arrow-left arrow-right chevron-left chevron-right reply send send-fill box-arrow-right box-arrow-up-right".split())

# A sign is drawn once for all pages of the process. What goes into it is escaped before: as a key, words that are safe and the same
# words that are not would be equal.
_kept = lru_cache(maxsize=5000)


@cache
def sprite():
    return static("icons.svg")


# --- Signs ------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name, label="", css=""):
    """An icon of scripts/icons/names.txt. Alone in a button it needs a label, which only screen readers say."""
    return _icon(escaped(name), escaped(label), escaped(css))


@_kept
def _icon(name, label, css):
    turn = " icon-turn" if name in TURNING else ""
    svg = draw(
        '<svg class="icon{}{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>',
        turn,
        draw(" {}", css) if css else "",
        sprite(),
        name,
    )
    return _said(svg, label)


def _said(svg, label):
    return draw('{}<span class="visually-hidden">{}</span>', svg, label) if label else svg


@register.simple_tag
def mark(of, label=""):
    """Whose turn it is, by shape. Takes a kind (“open”, inside something with class tone) or a status, whose colour it then wears."""
    is_status = hasattr(of, "kind")
    return _mark(str(of.kind if is_status else of), is_status, _own_colour(of), escaped(label))


@_kept
def _mark(kind, is_status, own_colour, label):
    colour = draw(' data-kind="{}"{}', kind, _colour(own_colour)) if is_status else ""
    svg = draw(
        '<svg class="mark{}"{} aria-hidden="true"><use href="{}#i-mark-{}"></use></svg>',
        " tone" if is_status else "",
        colour,
        sprite(),
        kind,
    )
    return _said(svg, label)


@register.simple_tag
def status(of, label="", plain=False):
    """A status as a pill in its owner's colour. `label` replaces the name (customers read another one); plain leaves the mark out."""
    return _status(str(of.kind), _own_colour(of), escaped(label or of.name), bool(plain))


@_kept
def _status(kind, own_colour, words, plain):
    return draw(
        '<span class="status{} tone" data-kind="{}"{}>{}<span>{}</span></span>',
        " status-plain" if plain else "",
        kind,
        _colour(own_colour),
        "" if plain else mark(kind),
        words,
    )


def _own_colour(of):
    """The id of a status with a colour of its own; without one it wears its kind's."""
    return of.pk if getattr(of, "hue", None) is not None else None


def _colour(own_colour):
    return "" if own_colour is None else draw(' data-status="{}"', own_colour)


@register.simple_tag
def tag_chip(tag):
    """A tag, in the owner's colour where it has one."""
    tone, hue = (" tone", draw(' data-hue="{}"', tag.hue)) if tag.hue is not None else ("", "")
    return draw('<span class="chip chip-tag{}"{}>{}<bdi>{}</bdi></span>', tone, hue, icon("bookmark"), with_marks(tag.name))


@register.simple_tag
def turn(kind, words):
    """The same sign from the customer's chair: filled when it waits for them, hollow when it is with the store."""
    if kind == "closed":
        seen = "closed"
    else:
        seen = "open" if kind == "waiting_for_customer" else "waiting_for_customer"
    return draw('<span class="turn{}">{}<span>{}</span></span>', " turn-yours" if seen == "open" else "", mark(seen), words)


@register.simple_tag
def avatar(person, size="", here=False, title=False, team=False):
    """Initials on the person's tint, in a square for a team. Nobody is a dashed ring that is read aloud as “Nobody”; a name written
    beside it is not repeated."""
    name = str(person or "")
    words = ""
    if not name:
        words = _("Nobody")
    elif title:
        words = _("Team %(name)s") % {"name": f"\u2068{name}\u2069"} if team else name
    return _avatar(name + "", str(size), bool(here), bool(team), words + "")


@_kept
def _avatar(name, size, here, team, words):
    css = f" avatar-{size}" if size else ""
    if not name:
        return draw('<span class="avatar avatar-none{}"><span class="visually-hidden">{}</span></span>', css, words)
    css += (" avatar-here" if here else "") + (" avatar-team" if team else "")
    if words:
        return draw(
            '<span class="avatar tone {}{}" role="img" aria-label="{}" title="{}">{}</span>', tint(name), css, words, words, initials(name)
        )
    return draw('<span class="avatar tone {}{}" aria-hidden="true">{}</span>', tint(name), css, initials(name))


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
@register.simple_tag
def choices_of(field):
    """The boxes of a field of ticks, with their words; nothing where there is none to tick."""
    return draw_choices(field)


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
