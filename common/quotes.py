"""What a message repeats of those before it, folded: still there behind “…”, so that the eye meets what is new.

Works on HTML that was sanitised when it was stored, changes neither a word nor their order, and is linear in its input. Quotes are
blockquotes, lines that begin with >, and what follows the head of an older mail. The line that says who wrote it goes with its quote.
"""

import re
from html import unescape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

#: A blockquote that is short, and that nothing introduces, is something the writer wants to be read.
LONG_QUOTE = 200
MOST_DEEP = 8
_SIGNS = ("<blockquote", "&gt;", "From:", "Od:", "От:", "از:", "فرستنده:", "--")

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_VOID = {"br", "hr", "img"}
_BREAK = re.compile(r"<br(?:\s[^<>]*)?>")
_SPACES = re.compile(r"[\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\xa0]+")

_WHO_WROTE = re.compile(
    r"""(?: On\ .{4,240}\ wrote
      | (?:W\ dniu|Dnia|W\ dn\.|(?:pon|wt|śr|czw|pt|sob|niedz|nd)\.?,?)\ .{4,240}\ (?:napisał\(a\)|napisał/a|napisała|napisał|pisze)
      | .{4,240}\ (?:пишет|писал\(а\)|написал\(а\)|написала|написал|писала|писал)
      | (?:در|به\ تاریخ)\ .{4,240}\ نوشت(?:ه\ است|ه‌است|ه|ند)?
      | .{0,160}\d{2}:\d{2}.{0,160}<[^<>]{3,120}>
    )\ ?:\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_FROM = r"(?:From|Od|От|از|فرستنده)"
_WHEN = r"(?:Sent|Date|Wysłano|Wysłane|Data|Отправлено|Дата|تاریخ|ارسال شده|زمان ارسال)"
_OLDER_MAIL = re.compile(
    rf"""(?:-{{2,}}\ ?(?:Original\ Message|Oryginalna\ wiadomość|Wiadomość\ oryginalna|Исходное\ сообщение|Оригинальное\ сообщение|پیام\ اصلی)\ ?-{{2,}}
      | (?:_{{8,}}\ )?{_FROM}\ ?:\ .{{1,240}}?\ {_WHEN}\ ?:)""",
    re.VERBOSE | re.IGNORECASE,
)


def fold_quotes(html) -> SafeString:
    """The same HTML with its quotes in <details>. A message that is nothing but a quote stays open."""
    html = str(html or "")
    if not any(sign in html for sign in _SIGNS):
        return mark_safe(html)  # noqa: S308  sanitised when it was stored
    pieces = _pieces(html, MOST_DEEP)
    if not any(is_quote for _html, is_quote in pieces) or not any(_words(one) for one, is_quote in pieces if not is_quote):
        return mark_safe(html)  # noqa: S308
    return mark_safe("".join(_written(pieces)))  # noqa: S308


def _written(pieces):
    """The pieces, each run of quotes in one fold. What has no words between two quotes goes with them."""
    opening = format_html(
        '<details class="quoted"><summary><span aria-hidden="true">…</span><span class="visually-hidden">{}</span></summary>',
        _("Quoted text"),
    )
    inside = False
    for html, is_quote in pieces:
        if is_quote != inside:
            yield opening if is_quote else "</details>"
            inside = is_quote
        yield html
    if inside:
        yield "</details>"


def _pieces(html, deep):
    """[(html, whether it is a quote)]: joined again, they are the HTML."""
    pieces = []
    nodes = _nodes(html)
    for place, (tag, whole, opening, inner) in enumerate(nodes):
        if _OLDER_MAIL.match(_words(whole[:3_000])):
            return [*pieces, *((rest[1], True) for rest in nodes[place:])]
        if tag == "blockquote":
            introduced = _take_who_wrote(pieces)
            pieces.append((whole, introduced or len(_words(whole)) > LONG_QUOTE))
        elif tag == "div" and deep and any(sign in inner for sign in _SIGNS) and not _says_who_wrote(whole):
            pieces += [(opening, False), *_pieces(inner, deep - 1), (whole[len(opening) + len(inner) :], False)]
        elif tag == "p" and "&gt;" in inner:
            pieces += _lines(opening, inner)
        else:
            pieces.append((whole, False))
    return pieces


def _take_who_wrote(pieces):
    """Make the line before a quote, if it says who wrote it, part of the quote. Whether there is one."""
    place = len(pieces) - 1
    while place >= 0 and not _words(pieces[place][0]) and _is_closed(pieces[place][0]):
        place -= 1
    if place < 0 or pieces[place][1] or not _is_closed(pieces[place][0]) or not _says_who_wrote(pieces[place][0]):
        return False
    pieces[place:] = [(html, True) for html, _quote in pieces[place:]]
    return True


def _says_who_wrote(html):
    return len(html) < 2_000 and bool(_WHO_WROTE.match(_words(html)))


def _lines(opening, inner):
    """A paragraph in its parts: lines that begin with > are quotes, from two on or after who wrote them."""
    lines, ends = _BREAK.split(inner), [*_BREAK.findall(inner), ""]
    if not all(_is_closed(line) for line in lines):
        return [(f"{opening}{inner}</p>", False)]
    quoted = [line.lstrip().startswith("&gt;") for line in lines]
    for place, is_quote in enumerate(quoted):
        if is_quote and place and not quoted[place - 1]:
            said = next(
                (first for first in range(place - 1, max(place - 4, -1), -1) if _WHO_WROTE.match(_words(" ".join(lines[first:place])))),
                None,
            )
            if said is not None:
                quoted[said:place] = [True] * (place - said)
    pieces, start = [], 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or quoted[end] != quoted[start]:
            part = "".join(line + brk for line, brk in zip(lines[start:end], ends[start:end], strict=True))
            pieces.append((part, quoted[start] and end - start > 1))
            start = end
    if not any(is_quote for _part, is_quote in pieces):
        return [(f"{opening}{inner}</p>", False)]
    return [(f"{opening}{part}</p>", is_quote) for part, is_quote in pieces]


def _nodes(html):
    """[(tag or "", whole, opening tag, what is inside)] of the outermost elements and the words between them, in order."""
    nodes, depth, start, opening, words_from = [], 0, 0, None, 0
    for found in _TAG.finditer(html):
        closes, tag = found[1], found[2].lower()
        if tag in _VOID:
            continue
        if not closes:
            if depth == 0:
                if words_from < found.start():
                    nodes.append(("", html[words_from : found.start()], "", ""))
                start, opening = found.start(), found
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                nodes.append((opening[2].lower(), html[start : found.end()], opening[0], html[opening.end() : found.start()]))
                words_from = found.end()
    rest = start if depth else words_from
    if rest < len(html):
        nodes.append(("", html[rest:], "", ""))
    return nodes


def _is_closed(html):
    """Whether what is opened here is closed here too."""
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _VOID:
            depth += -1 if found[1] else 1
            if depth < 0:
                return False
    return depth == 0


def _words(html):
    """What is to be read there, on one line."""
    return _SPACES.sub(
        " ", unescape(_TAG.sub(lambda tag: "" if tag[2].lower() in {"a", "b", "i", "span", "bdi", "em", "strong"} else " ", html))
    ).strip()
