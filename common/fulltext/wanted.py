"""What a search wants, as neutral values. Reading what people typed is the matter of those who ask."""

import re
from dataclasses import dataclass, field

from common.normaliser import HALF_SPACE, tokens

#: More words than this make no search better.
MOST_TERMS = 12
#: So many words are looked for side by side, and so many in all: PostgreSQL takes seconds for a hundred, however little it holds.
MOST_NEIGHBOURS, MOST_WORDS = 12, 24
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Term:
    """One thing to find: a word (as a beginning, and by its stems), or several that stand side by side. `is_exact`: as it stands.

    `is_address`: of an e-mail address, whose last word everybody's has. It finds the same, but another word leads to it.
    """

    words: tuple[str, ...]
    is_exact: bool = False
    is_address: bool = field(default=False, compare=False)

    def __post_init__(self):
        if not self.words or not all(word.isalnum() for word in self.words):
            raise ValueError("A term consists of words as common.normaliser.tokens gives them.")

    @property
    def is_number(self):
        """Several groups of digits, which may be one number or some."""
        return len(self.words) > 1 and not self.is_exact and all(word.isdecimal() for word in self.words)

    @property
    def glued(self):
        """The words in one, where that is another way of writing them (NV-48215, NV48215), else None."""
        word = "".join(self.words)
        has_digits = any(word.isdecimal() for word in self.words)
        is_persian = all("\u0600" <= word[0] <= "\u06ff" for word in self.words)
        may_be = len(self.words) > 1 and not self.is_exact and len(word) <= 20 and (has_digits or is_persian)
        return word if may_be else None


@dataclass(frozen=True)
class Wanted:
    """All of `terms`, and none of `without`."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self):
        return bool(self.terms or self.without)

    @classmethod
    def of(cls, text):
        """What plain words mean: each of them, once. What is typed in one, but consists of several, stands side by side."""
        terms = {}
        for typed in _together(str(text or "")[:2000].split()):
            if words := neighbours(typed.replace(HALF_SPACE, " ")):
                terms[Term(words, is_address=bool(_ADDRESS.fullmatch(typed)))] = None
        return cls(first_of(tuple(terms)[:MOST_TERMS]))


def neighbours(text):
    """The words of what was typed as one thing, for a Term: the first MOST_NEIGHBOURS."""
    return tuple(tokens(text)[:MOST_NEIGHBOURS])


def first_of(terms):
    """The first of these terms, of MOST_WORDS words together."""
    kept, room = [], MOST_WORDS
    for term in terms:
        room -= len(term.words)
        if room < 0:
            break
        kept.append(term)
    return tuple(kept)


def _together(typed):
    """Words, with what belongs together in one: Persian parts that stand apart, groups of a long number."""
    words = []
    for word in typed:
        last = words[-1] if words else ""
        if last and (_is_digits(word) and _is_digits(last) or len(tokens(f"{last} {word}")) < len(tokens(last)) + len(tokens(word))):
            words[-1] = f"{last} {word}"
        else:
            words.append(word)
    return words


def _is_digits(text):
    found = tokens(text)
    return bool(found) and all(word.isdecimal() for word in found)
