"""Small pieces of HTML, written fast.

Django's format_html asks of every value whether it is lazy, by a wrapper that costs more than the escaping itself; a list of fifty rows
escapes a thousand values. The promise is the same: the pattern is ours, whatever goes into it is escaped unless it is safe already.
"""

from html import escape as _escape

from django.utils.safestring import SafeString


def escaped(value) -> SafeString:
    """The value as text of a page or of a quoted attribute. What is safe already stays as it is."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return SafeString(_escape(value))
    if hasattr(value, "__html__"):
        return SafeString(value.__html__())
    text = str(value)
    # A lazy word may turn out to be safe.
    return text if type(text) is SafeString else SafeString(_escape(text))


def draw(pattern, *values) -> SafeString:
    """The pattern with the escaped values in its places."""
    return SafeString(pattern.format(*[escaped(value) for value in values]))


def joined(parts) -> SafeString:
    """Pieces that are safe, one after the other."""
    return SafeString("".join(parts))
