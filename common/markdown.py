"""Markdown as owners write it, made into HTML that may stand in our pages; and back, for texts that were stored as HTML.

Raw HTML is shown as typed. Whatever the parser makes is sanitised like a stranger's letter, so pictures come from our own files only.
"""

import re
from html.parser import HTMLParser

from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from common.html import MAX_LENGTH as MAX_HTML
from common.html import linkify, sanitise_html, text_to_html
from common.text import clean_text

MAX_LENGTH = 100_000
# More signs than any text has: shown as text, because the parser looks for the end of each.
_MOST_SIGNS = 10_000
_SIGNS = re.compile(r"[\[\]!<>*_`~|]")


def markdown_to_html(source) -> SafeString:
    """The text as HTML. Single line ends break lines, addresses become links, each block finds its own direction."""
    source = clean_text(str(source or "")[:MAX_LENGTH])
    if len(_SIGNS.findall(source)) > _MOST_SIGNS:
        return text_to_html(source)
    return sanitise_html(_parser.render(source))


def _parser_of_ours():
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False, "breaks": True, "maxNesting": 20})
    parser.disable(["html_block", "html_inline", "reference"])
    parser.core.ruler.push("ours", _as_ours)
    parser.add_render_rule("text", _render_text)
    return parser


def _as_ours(state):
    """Headings begin under the page's own; the outermost blocks carry their direction; words inside a link are not linked again."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{max(2, int(token.tag[1]))}"
        if token.level == 0 and token.nesting == 1:
            token.attrSet("dir", "auto")
        depth = 0
        for child in token.children or ():
            depth += child.nesting if child.type in {"link_open", "link_close"} else 0
            child.meta["in_link"] = depth > 0


def _render_text(renderer, tokens, index, options, env):
    token = tokens[index]
    return escape(token.content) if token.meta.get("in_link") else linkify(token.content)


_parser = _parser_of_ours()


class _Writer(HTMLParser):
    """Reads sanitised HTML and writes Markdown: what the toolbar knows keeps its form, the rest its words."""

    _AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "del": "~~", "s": "~~"}
    _BLOCKS = {"p", "div", "ul", "ol", "table", "pre", "blockquote", "dl", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces, self.hrefs, self.lists = [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in self._AROUND:
            self.pieces.append(self._AROUND[tag])
        elif tag == "a":
            self.hrefs.append((attrs.get("href") or "", len(self.pieces)))
        elif tag == "img":
            self.pieces.append(f"![{attrs.get('alt') or ''}]({attrs.get('src') or ''})")
        elif tag == "li":
            self._item()
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in self._BLOCKS:
            self.pieces.append("\n" if tag in {"ul", "ol"} and self.lists else "\n\n")
            if tag in {"ul", "ol"}:
                self.lists.append(0 if tag == "ol" else None)
            elif tag[0] == "h" and tag != "hr":
                self.pieces.append("#" * max(2, int(tag[1])) + " ")

    def _item(self):
        indent = "   " * (len(self.lists) - 1)
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            self.pieces.append(f"\n{indent}{self.lists[-1]}. ")
        else:
            self.pieces.append(f"\n{indent}- ")

    def handle_endtag(self, tag):
        if tag in self._AROUND:
            self.pieces.append(self._AROUND[tag])
        elif tag == "a" and self.hrefs:
            self._link(*self.hrefs.pop())
        elif tag in self._BLOCKS:
            self.pieces.append("\n\n")
            if tag in {"ul", "ol"} and self.lists:
                self.lists.pop()

    def _link(self, href, start):
        words = "".join(self.pieces[start:]).strip()
        if href and href.removeprefix("mailto:") != words.replace("\\", ""):
            self.pieces[start:] = [f"[{words}]({href})"]
        elif href:
            self.pieces[start:] = [words.replace("\\", "")]

    def handle_data(self, data):
        data = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self.pieces or self.pieces[-1].endswith(("\n", "- ", "# ", ". ")):
            data = data.lstrip(" ")
        self.pieces.append(_ESCAPED.sub(r"\\\1", data))


# Signs that would mean something inside a line.
_ESCAPED = re.compile(r"([\\`*\[\]~|]|(?<!\w)_|_(?!\w))")


def html_to_markdown(html) -> str:
    """Markdown that says what the HTML says: for texts from before there was Markdown."""
    writer = _Writer()
    writer.feed(sanitise_html(str(html or "")[:MAX_HTML]))
    writer.close()
    text = re.sub(r"[ \t]+\n", "\n", "".join(writer.pieces))
    return clean_text(re.sub(r"\n{3,}", "\n\n", text))
