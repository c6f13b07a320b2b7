"""Text as search sees it: one spelling for what people write in several ways. Applied to both the stored text and the question."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ې": "ی", "ئ": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ё": "е", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss",
        "ـ": None, "\u00ad": None, "’": "'", "ʼ": "'",
    }
)  # fmt: skip
_KEEPS_ITS_MARK = {"й"}  # и and й are two letters, unlike е and ё
_WORD = re.compile(r"[\w@.+'-]+")
_EDGES = ".+'-_"


def normalise(text) -> str:
    """The text folded: letters of one sound, digits as 0-9, lower case, without marks, joiners and tatweel; spaces single."""
    folded = unicodedata.normalize("NFKC", str(text or "")).casefold().translate(_LETTERS)
    letters = []
    for letter in folded:
        if letter.isdecimal():
            letters.append(str(unicodedata.decimal(letter)))
        elif letter in _KEEPS_ITS_MARK:
            letters.append(letter)
        else:
            letters.extend(c for c in unicodedata.normalize("NFKD", letter) if not _is_mark(c))
    return " ".join("".join(letters).translate(_LETTERS).split())


def _is_mark(character):
    return unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"} and not character.isspace()


def search_terms(text, limit=12) -> list[str]:
    """The words to look for, folded, each once, in the order typed.

    A word holds letters, digits and inside it . @ + ' - _ only; an engine with signs of its own wants it quoted.
    """
    terms = []
    for word in _WORD.findall(normalise(str(text or "")[:2000])):
        word = word.strip(_EDGES)
        if word and word not in terms:
            terms.append(word)
    return terms[:limit]
