"""Text and HTML from people and mails: cleaned when stored, and turned into one another. Everything here is linear in its input."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.text import clean_text

MAX_LENGTH = 400_000
LINK_REL = "noopener nofollow"

_TAGS = set(
    """
    a abbr b bdi blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q
    s samp small span strong sub sup table tbody td tfoot th thead tr u ul
    """.split()
)
_DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "title",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "textarea",
    "select",
}
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_OWN_FILE = re.compile(r"/(?:files|pictures)/[0-9a-f-]{36}/[^\s/\\\"<>?#]{1,800}\Z")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")
_EMPTY_PICTURE = re.compile(r'<img(?: (?:alt|width|height|dir|lang)="[^"]*")*>')
_OPENING = re.compile(r"<(?![/!])")
_MAX_TAGS = 8_000


def _attribute(tag, name, value):
    if name == "dir":
        return value.lower() if value.lower() in {"ltr", "rtl", "auto"} else None
    if name == "lang":
        return value if _LANGUAGE_TAG.match(value) else None
    if name == "src":
        return value if _OWN_FILE.match(value) else None
    if name == "href":
        return value if _is_safe_link(value) else None
    if name in {"width", "height", "colspan", "rowspan", "start"}:
        return value if value.isascii() and value.isdigit() and len(value) <= 4 else None
    return value


def _is_safe_link(value):
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and (bool(parts.netloc) if parts.scheme.lower().startswith("http") else bool(parts.path))


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes=_SCHEMES,
    link_rel=LINK_REL,
    strip_comments=True,
)


def sanitise_html(html) -> SafeString:
    """HTML that may stand in our pages: plain markup, dir and lang, links to http(s), mailto and tel, pictures of our own files only.

    No style, class or id, nothing that loads from elsewhere. Too much markup to be a letter is shown as its text.
    """
    source = str(html or "").replace("\x00", "")[:MAX_LENGTH]
    if len(_OPENING.findall(source)) > _MAX_TAGS:
        return text_to_html(re.sub(r"<[^<>]*>", " ", source))
    return mark_safe(_EMPTY_PICTURE.sub("", _cleaner.clean(source)))


# Every repetition is bounded, so no input makes matching slow.
_LINK = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"'«»]{1,2000})|(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,6}(?![\w-]))",
    re.IGNORECASE,
)
_AFTER_LINK = ".,;:!?…)]}،؛؟"
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def text_to_html(text) -> SafeString:
    """The text as paragraphs and line breaks, everything escaped, addresses made links. Each paragraph finds its own direction."""
    paragraphs = [part.strip("\n") for part in _PARAGRAPHS.split(clean_text(str(text or "")[:MAX_LENGTH]))]
    html = "\n".join(f'<p dir="auto">{linkify(part).replace(chr(10), "<br>")}</p>' for part in paragraphs if part.strip())
    return mark_safe(html)


def linkify(text) -> SafeString:
    """The escaped text with its web and mail addresses as links."""
    pieces, end = [], 0
    for found in _LINK.finditer(text):
        address = found.group()
        pieces.append(escape(text[end : found.start()]))
        if found["url"]:
            address = _without_end(address)
            if _has_host(address):
                pieces.append(f'<a href="{escape(address)}" rel="{LINK_REL}">{escape(address)}</a>')
            else:
                pieces.append(escape(address))
        else:
            pieces.append(f'<a href="mailto:{escape(address)}" rel="{LINK_REL}">{escape(address)}</a>')
        end = found.start() + len(address)
    pieces.append(escape(text[end:]))
    return mark_safe("".join(pieces))


def _has_host(address):
    try:
        return bool(urlsplit(address).netloc)
    except ValueError:
        return False


def _without_end(address):
    """Without the signs that end the sentence, unless a bracket was opened inside the address."""
    while address and address[-1] in _AFTER_LINK:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


class _Reader(HTMLParser):
    _BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote", "dl", "hr"}
    _LINES = {"br", "tr", "dt", "dd", "caption"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces, self.hrefs, self.in_pre = [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.hrefs.append((dict(attrs).get("href") or "", len(self.pieces)))
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag in {"td", "th"}:
            self.pieces.append(" ")
        elif tag in self._BLOCKS:
            self.pieces.append("\n\n")
            self.in_pre += tag == "pre"
        elif tag in self._LINES:
            self.pieces.append("\n")

    def handle_endtag(self, tag):
        if tag == "a" and self.hrefs:
            href, start = self.hrefs.pop()
            words = "".join(self.pieces[start:]).strip()
            if href and href.removeprefix("mailto:").removeprefix("tel:") != words:
                self.pieces.append(f" ({href})")
        elif tag in self._BLOCKS:
            self.pieces.append("\n\n")
            self.in_pre -= tag == "pre"

    def handle_data(self, data):
        if not self.in_pre:
            data = re.sub(r"[ \t\r\n\f]+", " ", data)
            if not self.pieces or self.pieces[-1].endswith("\n"):
                data = data.lstrip(" ")
        self.pieces.append(data)


def html_to_text(html) -> str:
    """The words of an HTML letter, with lines and lists kept and links written out after their words."""
    reader = _Reader()
    # Cleaned first: the parser is then given well-formed markup, which it reads in linear time.
    reader.feed(sanitise_html(html))
    reader.close()
    text = re.sub(r"[ \t]+\n", "\n", "".join(reader.pieces))
    return clean_text(re.sub(r"\n{3,}", "\n\n", text))
