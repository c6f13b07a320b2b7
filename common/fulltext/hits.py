"""What was found, marked in the text as it was written. The text comes covered, if it has to be: what is hidden is not marked either."""

import re
from functools import cached_property

from django.utils.safestring import mark_safe

from common.covered import with_marks
from common.drawing import draw, joined
from common.fulltext.patterns import SILENT, pattern_of
from common.fulltext.stemming import stems

#: How much of a message stands before and behind the first hit of its line.
BEFORE, BEHIND = 50, 110
# Tatweel counts as a letter, and is none here.
_LETTER = "[^\\W_\u0640]"
_MARKS = f"[{SILENT.replace(chr(0x200C), '')}]"
# A letter may have two marks; more are no writing.
_END = f"(?![{SILENT}]*{_LETTER})"
_TAIL = f"[\\w{SILENT}]*"
_GAP = f"[\\W_{SILENT}]{{1,12}}"
#: So many digits are looked for inside longer numbers and across their spaces, too.
_PART = 4
_IN_NUMBERS = r"[ \u00a0().\/-]?"


class Hits:
    """Marks the words of a search. `terms`: as the engine takes them."""

    def __init__(self, terms):
        self._patterns = [_of_term(term) for term in terms]

    def __len__(self):
        return len(self._patterns)

    @cached_property
    def _any(self):
        return re.compile("|".join(f"(?:{pattern})" for pattern in self._patterns))

    @cached_property
    def _each(self):
        return [re.compile(pattern) for pattern in self._patterns]

    def has_all(self, *texts):
        """Whether every word stands in one of these texts."""
        return all(any(pattern.search(text) for text in texts) for pattern in self._each)

    def count(self, text):
        """How many of the words stand in the text."""
        return sum(pattern.search(text) is not None for pattern in self._each)

    def first(self, text):
        """Where the first hit stands; None without."""
        found = self._any.search(text) if self._patterns else None
        return found.span() if found else None

    def marked(self, text):
        """The text escaped, its hits in <mark>."""
        text = str(text or "")
        if not self._patterns:
            return with_marks(text)
        pieces, end = [], 0
        for found in self._any.finditer(text):
            if found.end() > found.start():
                pieces += [with_marks(text[end : found.start()]), draw("<mark>{}</mark>", found.group())]
                end = found.end()
        return joined([*pieces, with_marks(text[end:])]) if pieces else with_marks(text)

    def line(self, text):
        """The words around the first hit on one line, marked; "" without a hit."""
        found = self.first(text)
        if not found:
            return ""
        start, stop = max(0, found[0] - BEFORE), min(len(text), found[1] + BEHIND)
        if start and (space := text.find(" ", start, found[0])) >= 0:
            start = space + 1
        if stop < len(text) and (space := text.rfind(" ", found[1], stop)) >= 0:
            stop = space
        words = " ".join(text[start:stop].split())
        return mark_safe(f"{'… ' if start else ''}{self.marked(words)}{' …' if stop < len(text) else ''}")  # noqa: S308  marked() escaped it


def _beginning(letter):
    """The first letter of a word. What may not stand before it is asked once the letter is there: so Python leaps from one to the next."""
    return letter + "".join(f"(?<!{_LETTER}{_MARKS * number}{letter})" for number in range(3))


def _words(words):
    first, *others = words
    return _GAP.join([pattern_of(first, first=_beginning), *map(pattern_of, others)])


def _of_term(term):
    *firsts, last = term.words
    if term.is_exact:
        return _words(term.words) + _END
    glued = "".join(term.words)
    if glued.isdigit() and len(glued) >= _PART:
        return f"{pattern_of(glued.lstrip('0') or glued, _IN_NUMBERS)}"
    if firsts:
        return f"(?:{_words(term.words)}|{pattern_of(glued, first=_beginning)}){_TAIL}"
    return f"(?:{'|'.join(pattern_of(stem, first=_beginning) for stem in stems(last))}){_TAIL}"
