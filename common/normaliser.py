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
_KEEPS_ITS_MARK = "й"  # и and й are two letters, unlike е and ё
_BREVE = "\u0306"
_KEPT = 20_000
_WORD = re.compile(r"[\w@.+'-]+")
_EDGES = ".+'-_"

HALF_SPACE = "\u200c"
#: The longest word that is told apart from others; what comes behind it is cut off.
LONGEST = 64
# Written apart, with a half-space or in one: می خواهم, کتاب ها. Search sees one word.
_JOINS_NEXT = {"می", "نمی"}
_JOINS_LAST = {
    "ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "تر", "ترین"
}  # fmt: skip
_PARTS = _JOINS_NEXT | _JOINS_LAST


class _Folded(dict):
    """Each letter folded, worked out when it is first met. `of(letter)` says how."""

    def __init__(self, of):
        super().__init__()
        self._of = of

    def __missing__(self, code):
        found = self._of(chr(code))
        if len(self) < _KEPT:
            self[code] = found
        return found


def _fold_letter(letter):
    letters = []
    for part in unicodedata.normalize("NFKC", letter).casefold().translate(_LETTERS):
        if part.isdecimal():
            letters.append(str(unicodedata.decimal(part)))
        elif part == _KEEPS_ITS_MARK:
            letters.append(part)
        else:
            letters.extend(c for c in unicodedata.normalize("NFKD", part) if not _is_mark(c))
    return "".join(letters).translate(_LETTERS)


def _is_mark(character):
    return unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"} and not character.isspace()


def _fold_to_word(letter):
    """The same, and a space for whatever is neither letter nor digit."""
    return "".join(c if c.isalnum() else " " for c in _FOLDED[ord(letter)])


_FOLDED = _Folded(_fold_letter)
_IN_WORDS = _Folded(_fold_to_word)


def _folded(text, table):
    text = str(text or "")
    if _BREVE in text:  # a breve written behind its letter makes й of и
        text = unicodedata.normalize("NFKC", text)
    return text.translate(table).split()


def normalise(text) -> str:
    """The text folded: letters of one sound, digits as 0-9, lower case, without marks, joiners and tatweel; spaces single."""
    return " ".join(_folded(text, _FOLDED))


def tokens(text) -> list[str]:
    """The words of a text as they are indexed and asked for: folded, of letters and digits only. NV-48215 is two of them.

    Persian parts of words that may stand apart (می خواهم, کتاب ها) are joined to what they belong to.
    """
    words = _folded(text, _IN_WORDS)
    if not _PARTS.isdisjoint(words):
        words = _joined(words)
    return [word[:LONGEST] for word in words] if any(len(word) > LONGEST for word in words) else words


def _joined(words):
    joined = []
    for word, belongs in zip(words, _belonging(words), strict=True):
        if belongs:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _belonging(words):
    """For each word whether it belongs to the one before it."""
    before = ""
    for word in words:
        yield bool(before) and (before in _JOINS_NEXT or word in _JOINS_LAST) and _is_arabic(word[0]) and _is_arabic(before[-1])
        before = word


def _is_arabic(letter):
    return "\u0600" <= letter <= "\u06ff"


def token_spans(text) -> list[tuple[str, int, int]]:
    """(word, start, end) for each of `tokens(text)`, with its place in the text as it was given: for marking what was found."""
    text = str(text or "")
    spans, place = [("", 0, 0)], 0  # an empty one at the end: the next letter begins a word
    while place < len(text):
        step = 1 + (text[place + 1 : place + 2] == _BREVE)
        letters = text[place : place + step]
        letters = unicodedata.normalize("NFKC", letters) if step > 1 else letters
        for letter in letters.translate(_IN_WORDS):
            word, start, _end = spans[-1]
            if letter != " ":
                spans[-1] = (word + letter, start if word else place, place + step)
            elif word:
                spans.append(("", 0, 0))
        place += step
    spans = [span for span in spans if span[0]]
    joined = []
    for (word, start, end), belongs in zip(spans, _belonging([span[0] for span in spans]), strict=True):
        if belongs:
            word, start = joined[-1][0] + word, joined.pop()[1]
        joined.append((word, start, end))
    return [(word[:LONGEST], start, end) for word, start, end in joined]


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
