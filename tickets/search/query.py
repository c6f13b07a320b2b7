"""What was typed into a search box, cut into its pieces: words, "phrases", -not, operators with their values.

Pure and forgiving: every text is a query, nothing is an error. What a piece means is not known here.
"""

from dataclasses import dataclass, field

from common.normaliser import normalise
from common.text import clean_line

LIMIT = 300
#: More than these pieces are not looked at.
MOST_PIECES = 24
QUOTES = '"“”„‟«»＂'
_COLONS = ":："
_COMMAS = ",،"
_NOT = "-−"


@dataclass(frozen=True)
class Piece:
    """One thing that was asked for. `name`: of its operator, "" for words; `values`: the operator's `text`, parted by its commas.

    `start` and `end`: its place in what was typed.
    """

    text: str
    start: int
    end: int
    name: str = ""
    is_phrase: bool = False
    is_without: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    typed: str = ""
    pieces: tuple[Piece, ...] = ()
    #: Whether more was typed than is looked at.
    is_cut: bool = field(default=False, compare=False)

    @property
    def words(self):
        return [piece for piece in self.pieces if not piece.name]

    @property
    def operators(self):
        return [piece for piece in self.pieces if piece.name]

    def without(self, piece):
        """What was typed, less this piece."""
        return " ".join(f"{self.typed[: piece.start]} {self.typed[piece.end :]}".split())


def parse(typed, names=None) -> Query:
    """Cut what was typed. `names`: {spelling of an operator as `spelled` makes it: its name}; words before other colons are words."""
    typed = clean_line(str(typed or "")[: LIMIT * 2], LIMIT)
    scanner = _Scanner(typed, names or {})
    pieces = list(scanner.pieces())
    return Query(typed, tuple(pieces[:MOST_PIECES]), len(pieces) > MOST_PIECES)


def spelled(name):
    """One spelling of an operator's name: case, accents, half-spaces and hyphens play no part."""
    return normalise(name).replace(" ", "").replace("-", "").replace("_", "")


class _Scanner:
    """Goes through the text once, from its start to its end."""

    def __init__(self, text, names):
        self.text, self.names, self.at = text, names, 0

    def pieces(self):
        """A name of two words (پیش از:) takes the word before it along. An operator without a value is nothing."""
        before = None
        while piece := self._next(before):
            if before and piece.start > before.start:
                yield before
            before = piece if piece.values or not piece.name else None
        if before:
            yield before

    def _next(self, before):
        self._skip_spaces()
        if self.at >= len(self.text):
            return None
        start = self.at
        is_without = self._takes_not()
        if self._here() in QUOTES:
            return Piece(self._quoted(), start, self.at, is_phrase=True, is_without=is_without)
        word = self._word()
        if self._here() in _COLONS:
            name, longer = self.names.get(spelled(word)), None
            if _is_plain(before):
                longer = self.names.get(spelled(before.text + word))
            if (longer or name) and self._has_value():
                text, values = self._values()
                if longer:
                    start, is_without = before.start, before.is_without
                return Piece(text, start, self.at, name=longer or name, is_without=is_without, values=values)
            word += self._rest()
        return Piece(word, start, self.at, is_without=is_without)

    def _here(self):
        """The next character; a space at the end."""
        return self.text[self.at] if self.at < len(self.text) else " "

    def _skip_spaces(self):
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _takes_not(self):
        """Whether a minus stands right before something."""
        if self._here() in _NOT and self.at + 1 < len(self.text) and not self.text[self.at + 1].isspace():
            self.at += 1
            return True
        return False

    def _word(self):
        """Up to a space, a quote or a colon."""
        start = self.at
        while self.at < len(self.text) and not self._ends_word(self.text[self.at]):
            self.at += 1
        return self.text[start : self.at]

    @staticmethod
    def _ends_word(sign):
        return sign.isspace() or sign in QUOTES or sign in _COLONS

    def _rest(self):
        """A colon that belongs to the word, and what follows up to a space or a quote."""
        start = self.at
        while self.at < len(self.text) and not self.text[self.at].isspace() and self.text[self.at] not in QUOTES:
            self.at += 1
        return self.text[start : self.at]

    def _quoted(self):
        """What stands between this quote and the next one, or the end."""
        start = self.at = self.at + 1
        while self.at < len(self.text) and self.text[self.at] not in QUOTES:
            self.at += 1
        words = self.text[start : self.at]
        self.at = min(self.at + 1, len(self.text))
        return words.strip()

    def _has_value(self):
        """Whether something follows the colon, right behind it or after a space."""
        return not self.text[self.at + 1 :].isspace() and self.at + 1 < len(self.text)

    def _values(self):
        """(what stands behind the colon, the same parted by its commas), without quotes."""
        self.at += 1
        self._skip_spaces()
        values, whole = [""], ""
        while self.at < len(self.text) and not self.text[self.at].isspace():
            sign = self.text[self.at]
            if sign in QUOTES:
                quoted = self._quoted()
                whole, values[-1] = whole + quoted, values[-1] + quoted
                continue
            self.at += 1
            whole += sign
            if sign in _COMMAS:
                values.append("")
            else:
                values[-1] += sign
        return whole, tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _is_plain(piece):
    return piece is not None and not piece.name and not piece.is_phrase
