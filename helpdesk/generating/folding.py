"""The words of a text as a search knows them."""

import re

from common.normaliser import normalise

_NO_WORD = re.compile(r"[\W_]+")


def words_of(text):
    """Folded words with single spaces between them."""
    return " ".join(_NO_WORD.sub(" ", normalise(text)).split())
