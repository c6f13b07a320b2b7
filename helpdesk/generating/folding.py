"""The words of a text as a search knows them."""

from common.fulltext.cutting import SHORTEST_END, parts_of
from common.normaliser import tokens


def words_of(text):
    """Folded words with single spaces between them."""
    return " ".join(tokens(text))


def halves_of(text):
    """The parts of words with half-spaces, by which it is found too."""
    return " ".join(parts_of(text))


def ends_of(digits):
    """The ends by which a long number is found too, as common.fulltext.cutting would add them."""
    return " ".join([digits[start:] for start in range(1, len(digits) - SHORTEST_END + 1)])
