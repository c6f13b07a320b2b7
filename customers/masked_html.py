"""Covering words inside sanitised HTML. Only words and attributes change; no tag is added but the mark."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from django.utils.html import escape
from django.utils.safestring import mark_safe

from common.covered import mark_html

_OWN_FILE = re.compile(r"(/files/[0-9a-f-]{36}/)[^/]+\Z")
_INLINE = set("a abbr b bdi code del em i img ins kbd mark q s samp small span strong sub sup u".split())
_NEVER_TELLING = {"dir", "rel", "width", "height", "colspan", "rowspan", "scope", "start"}
_SHOWN = {"title", "alt"}


class _Pieces(HTMLParser):
    """The document in pieces: words apart from tags. Words of a block are one text, so that no tag parts a name."""

    def __init__(self, mask):
        super().__init__(convert_charrefs=True)
        self.mask, self.pieces, self.has_changed = mask, [], False

    def handle_starttag(self, tag, attrs):
        raw = self.get_starttag_text()
        kept = [(name, self._kept(name, value or "")) for name, value in attrs]
        if kept != [(name, value or "") for name, value in attrs]:
            self.has_changed = True
            shown = "".join(f' {name}="{escape(value)}"' for name, value in kept if value is not None)
            raw = f"<{tag}{shown}>"
        self._add_tag(tag, raw)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self._add_tag(tag, f"</{tag}>")

    def handle_data(self, data):
        self.pieces.append((data, None))

    def _add_tag(self, tag, raw):
        self.pieces.append(("" if tag in _INLINE else "\n", raw))

    def _kept(self, name, value):
        """The attribute's value without what tells; None where it cannot do without."""
        if name in _NEVER_TELLING:
            return value
        own = _OWN_FILE.match(value) if name == "src" else None
        if own:
            return f"{own[1]}file"
        if value.startswith(("mailto:", "tel:")) and not getattr(self.mask, "spares_links", False):
            return None
        covered = self.mask.text(value)
        if covered == value and self.mask.text(unquote(value)) == unquote(value):
            return value
        return covered if name in _SHOWN else None


def masked_html(html, mask):
    html = str(html or "")
    document = _Pieces(mask)
    document.feed(html)
    document.close()
    spans = mask.spans("".join(words for words, _tag in document.pieces))
    if not spans and not document.has_changed:
        return mark_safe(html)  # noqa: S308  sanitised when it was stored
    mark = getattr(mask, "html_mark", None) or mark_html()
    return mark_safe("".join(_written(document.pieces, spans, mark)))  # noqa: S308


def _written(pieces, spans, mark):
    """The pieces again, words escaped; of a covered part only the mark stands, where it begins."""
    place, spans = 0, iter(spans)
    start, end = next(spans, (None, None))
    for words, tag in pieces:
        if tag is not None:
            yield tag
            place += len(words)
            while start is not None and end <= place:
                start, end = next(spans, (None, None))
            continue
        here, stop = place, place + len(words)
        while start is not None and start < stop:
            if here < start:
                yield _as_words(words[here - place : start - place])
            if start >= place:
                yield mark
            here = min(end, stop)
            if end > stop:
                break
            start, end = next(spans, (None, None))
        yield _as_words(words[here - place :])
        place = stop


def _as_words(text):
    """Escaped as the sanitiser does it, so that what was not covered stays the same to the byte."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")
