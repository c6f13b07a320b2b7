"""Text folded to one spelling for finding names in it, with the way back to the places in the text as it was written."""

import re

from common.normaliser import normalise

# Between two words written as one: a half-space, or the hump of a camel (scanKasia).
BREAK = "\u200c"
_HUMP = re.compile("[a-zß-öø-ÿąćęłńóśźżа-яё](?=[A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻА-ЯЁ])")


def _folded(character):
    if character.isspace():
        return "\n" if character == "\n" else " "
    # A name of a file may hold й as two signs, so both spellings become и here.
    return BREAK if character == BREAK else normalise(character).replace("й", "и")


class _Letters(dict):
    """{code of a character: how it is folded}, for str.translate; filled as they come. `uneven`: characters that fold to none or several."""

    MOST = 8192

    def __init__(self):
        super().__init__()
        self.uneven = set()

    def __missing__(self, code):
        letter = _folded(chr(code))
        if len(letter) != 1:
            self.uneven.add(chr(code))
        if len(self) < self.MOST:
            self[code] = letter
        return letter


_LETTERS = _Letters()


def fold(text):
    """(folded text, for each of its characters the index in `text`). Case, marks, digits and letters of one sound are one."""
    humps = [found.end() for found in _HUMP.finditer(text)]
    if not humps:
        folded = text.translate(_LETTERS)
        if _LETTERS.uneven.isdisjoint(text):
            return folded, range(len(text))
    letters = [_LETTERS[ord(character)] for character in text]
    for place in humps:
        letters[place] = BREAK + letters[place]
    return "".join(letters), [index for index, letter in enumerate(letters) for _sign in letter]


def folded_words(text):
    """The words of a name, folded, each as it is written and in the parts it is made of: Anna-Maria, علی‌رضا, McDonald."""
    words = []
    for word in fold(text)[0].split():
        parts = re.findall(r"[^\W\d_]+", word)
        words.append(parts)
    return [parts for parts in words if parts]
