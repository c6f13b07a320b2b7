"""Text folded to one spelling for finding names in it, with the way back to the places in the text as it was written."""

import re
from functools import lru_cache

from common.normaliser import normalise

# Between two words written as one: a half-space, or the hump of a camel (scanKasia).
BREAK = "\u200c"
_HUMP = re.compile("[a-zß-öø-ÿąćęłńóśźżа-яё](?=[A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻА-ЯЁ])")


@lru_cache(maxsize=8192)
def _folded(character):
    if character.isspace():
        return "\n" if character == "\n" else " "
    # A name of a file may hold й as two signs, so both spellings become и here.
    return BREAK if character == BREAK else normalise(character).replace("й", "и")


def fold(text):
    """(folded text, for each of its characters the index in `text`). Case, marks, digits and letters of one sound are one."""
    letters = [_folded(character) for character in text]
    humps = [found.end() for found in _HUMP.finditer(text)]
    for place in humps:
        letters[place] = BREAK + letters[place]
    folded = "".join(letters)
    if not humps and len(folded) == len(text) and "" not in letters:
        return folded, range(len(text))
    return folded, [index for index, letter in enumerate(letters) for _sign in letter]


def folded_words(text):
    """The words of a name, folded, each as it is written and in the parts it is made of: Anna-Maria, علی‌رضا, McDonald."""
    words = []
    for word in fold(text)[0].split():
        parts = re.findall(r"[^\W\d_]+", word)
        words.append(parts)
    return [parts for parts in words if parts]
