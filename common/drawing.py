"""Small pieces of HTML, written fast.

Django's format_html asks of every value whether it is lazy, by a wrapper that costs more than the escaping itself; a list of fifty rows
escapes a thousand values. The promise is the same: the pattern is ours, whatever goes into it is escaped unless it is safe already.
"""

from functools import lru_cache
from html import escape as _escape
from string import Formatter

from django.utils.safestring import SafeString

NOTHING = SafeString("")


def escaped(value) -> SafeString:
    """The value as text of a page or of a quoted attribute. What is safe already stays as it is."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return SafeString(_escape(value)) if value else NOTHING
    if hasattr(value, "__html__"):
        return SafeString(value.__html__())
    text = str(value)
    # A lazy word may turn out to be safe.
    return text if type(text) is SafeString else SafeString(_escape(text))


def draw(pattern, *values) -> SafeString:
    """The pattern with the escaped values in its places: {} one after the other, or {0} and {1} for those of these numbers, and nothing else in braces."""
    pieces, places = _cut(pattern)
    safe = [value if type(value) is SafeString else escaped(value) for value in values]
    # Joined, not formatted: str.format asks each safe value for its words by a call.
    pieces = pieces.copy()
    pieces[1::2] = safe if places is None else [safe[place] for place in places]
    return SafeString("".join(pieces))


@lru_cache(maxsize=1000)
def _cut(pattern):
    """([text, place, text, …, place, text], the numbers of the places or None where they stand one after the other)."""
    pieces, names = [""], []
    for text, name, _format, _conversion in Formatter().parse(pattern):
        pieces[-1] += text
        if name is not None:
            pieces += [None, ""]
            names.append(name)
    return pieces, [int(name) for name in names] if any(names) else None


def joined(parts) -> SafeString:
    """Pieces that are safe, one after the other."""
    return SafeString("".join(parts))
