"""What is stored of a text: its words, and what else they are to be found by."""

import re

from common.normaliser import HALF_SPACE, normalise, tokens

#: Stands between pieces that no phrase reaches across. No word contains it.
GAP = "¶"
#: From so many digits on, the end of a number finds it, by no fewer than SHORTEST_END.
LONG_NUMBER, SHORTEST_END = 5, 4
_MOST = 200  # further words per text
_LONGEST_NUMBER = 20
_DIGITS = re.compile(r"[0-9]{4,}")
# NV-48215 is found as NV48215 too, 601 220 999 as 601220999.
_CODE = re.compile(r"(?<![^\W_])[^\W_]{1,20}(?:[-/_.#][^\W_]{1,20}){1,3}(?![^\W_])")
_HALVES = re.compile(rf"[^\W_]+(?:{HALF_SPACE}[^\W_]+)+")
_GROUPS = re.compile(r"(?<![^\W_])[0-9]{2,6}(?:[ ()/.-]{1,2}[0-9]{2,6}){1,6}(?![^\W_])")


def indexed(text) -> str:
    """The words of a text as an index stores them, in order and parted by spaces; behind a gap, the ends of its numbers."""
    words = tokens(text)
    joined = " ".join(words)
    more = parts_of(text)
    if _has_digit(joined):
        more += _more(normalise(text), words)
    return f"{joined} {GAP} {' '.join(more)}" if more else joined


def parts_of(text):
    """The words that half-spaces join: قهوه‌ساز is found by قهوه ساز too."""
    found = {}
    if HALF_SPACE not in str(text or ""):
        return []
    for word in _HALVES.findall(str(text)):
        parts = tokens(word.replace(HALF_SPACE, " "))
        if len(parts) > 1:
            found |= dict.fromkeys(parts)
        if len(found) > _MOST:
            break
    return list(found)[:_MOST]


def _has_digit(text):
    return not text.isalpha() and any(digit in text for digit in "0123456789")


def _more(text, words):
    found = {}
    glued = [re.sub(r"[\W_]+", "", code) for pattern in (_CODE, _GROUPS) for code in pattern.findall(text)]
    for word in (word for word in glued if _has_digit(word) and len(word) <= _LONGEST_NUMBER):
        found[word] = None
    for word in [*words, *found]:
        for digits in _DIGITS.findall(word):
            if len(digits) > _LONGEST_NUMBER:
                continue
            if digits != word:
                found[digits] = None
            if len(digits) >= LONG_NUMBER:
                found |= dict.fromkeys(digits[start:] for start in range(1, len(digits) - SHORTEST_END + 1))
        if len(found) > _MOST:
            break
    return list(found)[:_MOST]
