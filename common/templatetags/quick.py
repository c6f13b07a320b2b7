"""Tags of Django and of this house that do less for what never changes. Loaded in every template, in the place of the usual ones.

Nothing is written differently in a template, and the result is the same:

- `{% translate "…" %}`, `{% blocktranslate %}` without variables, and `{% icon "…" %}` of plain words are drawn once for each language;
- `{% url %}` of a number (42, "734469") is put together from the address that Django found for another number;
- `{% static "…" %}` is looked up once, `{% csrf_token %}` written once for each page;
- `{% include "…" %}` of a plain name finds its template once for the process.

A page of the desk has three hundred of these, and they took a fifth of its time.
"""

from django import template
from django.conf import settings
from django.core.files.storage import storages
from django.template import defaulttags, loader_tags
from django.template.base import FilterExpression, TokenType, Variable
from django.templatetags import i18n
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common.templatetags import components

register = template.Library()


class OncePerLanguage(template.Node):
    """Keeps what a node says, which depends on the language and on nothing else."""

    child_nodelists = ()

    def __init__(self, node):
        self.node, self.drawn = node, {}

    def render(self, context):
        language, escapes = get_language(), context.autoescape
        name = getattr(self.node, "asvar", None)
        said = self.drawn.get((language, escapes))
        if said is None:
            said = self.node.render(context)
            said = self.drawn[language, escapes] = context[name] if name else said
        elif name:
            context[name] = said
        return "" if name else said


def _is_plain(value):
    """Whether this is a word that stands in the template itself, without a filter."""
    if not isinstance(value, FilterExpression) or value.filters:
        return value is None
    return not isinstance(value.var, Variable) or value.var.literal is not None


@register.tag("translate")
def translate(parser, token):
    node = i18n.do_translate(parser, token)
    if isinstance(node, i18n.TranslateNode) and _is_plain(node.filter_expression) and _is_plain(node.message_context):
        return OncePerLanguage(node)
    return node


@register.tag("blocktranslate")
def blocktranslate(parser, token):
    node = i18n.do_block_translate(parser, token)
    only_text = all(part.token_type == TokenType.TEXT for part in node.singular)
    if only_text and not node.plural and not node.extra_context and _is_plain(node.message_context):
        return OncePerLanguage(node)
    return node


@register.tag("icon")
def icon(parser, token):
    node = components.register.tags["icon"](parser, token)
    if node.target_var is None and all(map(_is_plain, [*node.args, *node.kwargs.values()])):
        return OncePerLanguage(node)
    return node


# --- Addresses --------------------------------------------------------------------------------------
_STAND_IN = 80_706_050_403_020
#: {what the address depends on besides the numbers: its pieces, between which the numbers stand}
_addresses = {}


class QuickUrl(defaulttags.URLNode):
    def __init__(self, *args):
        super().__init__(*args)
        self.name = self.view_name.var if _is_plain(self.view_name) and self.asvar is None else None

    def render(self, context):
        if self.name is None:
            return super().render(context)
        values = [arg.resolve(context) for arg in (*self.args, *self.kwargs.values())]
        for value in values:
            if not _is_number(value):
                return super().render(context)
        pieces = self._pieces(context)
        if not pieces:
            return super().render(context)
        if len(values) == 1:
            return SafeString(f"{pieces[0]}{values[0]}{pieces[1]}")
        return SafeString("".join([pieces[0], *(f"{value}{piece}" for value, piece in zip(values, pieces[1:], strict=True))]))

    def _pieces(self, context):
        # What an address depends on besides is the same for all of a page, and dear to ask for.
        page = context.render_context.dicts[0]
        place = page.get("place of addresses") or page.setdefault("place of addresses", _place(context))
        key = self.name, len(self.args), tuple(self.kwargs), place, context.autoescape
        if key not in _addresses:
            _addresses[key] = _cut(self.name, len(self.args), self.kwargs, place[2], context.autoescape)
        return _addresses[key]


def _place(context):
    """(URLconf, prefix, application), as Django's own tag takes them."""
    request = getattr(context, "request", None)
    app = getattr(request, "current_app", None) or getattr(getattr(request, "resolver_match", None), "namespace", None)
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), app


def _is_number(value):
    """Digits as they are: any place of an address that takes some takes these as well."""
    if type(value) is int:
        return 0 < value < _STAND_IN
    return isinstance(value, str) and value.isascii() and value.isdigit() and value[0] != "0" and len(value) < 12


def _cut(name, number, kwargs, app, escapes):
    """The pieces of the address; none where its parts do not stand in it in their order, once each."""
    stand_ins = [_STAND_IN + place for place in range(number + len(kwargs))]
    try:
        url = reverse(name, args=stand_ins[:number], kwargs=dict(zip(kwargs, stand_ins[number:], strict=True)), current_app=app)
    except NoReverseMatch:
        return ()
    pieces, rest = [], conditional_escape(url) if escapes else url
    for stand_in in map(str, stand_ins):
        before, found, rest = rest.partition(stand_in)
        if not found:
            return ()
        pieces.append(before)
    return (*pieces, rest)


@register.tag("url")
def url(parser, token):
    node = defaulttags.url(parser, token)
    return QuickUrl(node.view_name, node.args, node.kwargs, node.asvar)


# --- Files and tokens -------------------------------------------------------------------------------
class QuickStatic(StaticNode):
    found = None, ""

    def render(self, context):
        storage = storages["staticfiles"]
        if settings.DEBUG:
            return super().render(context)
        if self.found[0] is not storage:
            self.found = storage, super().render(context)
        return self.found[1]


@register.tag("static")
def static(parser, token):
    node = StaticNode.handle_token(parser, token)
    return QuickStatic(node.varname, node.path) if node.varname is None and _is_plain(node.path) else node


class QuickToken(defaulttags.CsrfTokenNode):
    """While a kept part is drawn (kept_parts.py), another token stands in for the page's."""

    def render(self, context):
        token, page = context.get("csrf_token"), context.render_context.dicts[0]
        known, drawn = page.get("token of forms", (None, ""))
        if token is None or known is not token:
            drawn = super().render(context)
            page["token of forms"] = token, drawn
        return drawn


@register.tag("csrf_token")
def csrf_token(parser, token):
    return QuickToken()


# --- Parts ------------------------------------------------------------------------------------------
class QuickInclude(loader_tags.IncludeNode):
    """The template is looked for once. While developing it may change, so there it is looked for each time."""

    found = None

    def render(self, context):
        engine = context.template.engine
        if engine.debug or self.isolated_context:
            return super().render(context)
        if self.found is None or self.found[0] is not engine:
            name = loader_tags.construct_relative_path(self.origin.template_name, self.template.resolve(context))
            self.found = engine, engine.get_template(name)
        part = self.found[1]
        if not self.extra_context:
            with context.push():
                return part.render(context)
        with context.push(**{name: value.resolve(context) for name, value in self.extra_context.items()}):
            return part.render(context)


@register.tag("include")
def include(parser, token):
    node = loader_tags.do_include(parser, token)
    if not _is_plain(node.template):
        return node
    return QuickInclude(node.template, extra_context=node.extra_context, isolated_context=node.isolated_context)
