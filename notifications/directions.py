"""Words of two directions in one line. Subjects and SMS have no markup, so parts are kept apart by U+2068 … U+2069."""

import re

from django.utils import translation

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f0-9]")
_MARKS = str.maketrans("", "", "\u2068\u2069")


def apart(text) -> str:
    """The text between marks when its direction differs from the sentence around it; else as it is.

    Marks that are not needed would halve what fits into a Latin SMS.
    """
    text = str(text)
    foreign = _LEFT_TO_RIGHT if translation.get_language_bidi() else _RIGHT_TO_LEFT
    return f"\u2068{text}\u2069" if foreign.search(text) else text


def without_marks(text) -> str:
    return text.translate(_MARKS)


def marks_to_markup(html) -> str:
    """The same in HTML, where an element does it better. Marks people type are removed when their words are stored."""
    return html.replace("\u2068", "<bdi>").replace("\u2069", "</bdi>")
