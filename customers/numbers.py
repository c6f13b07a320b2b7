"""Phone numbers of anybody, found in folded text. The library says what is one; what could not be one is not put to it."""

import re
from functools import lru_cache

from phonenumbers import Leniency, PhoneNumberMatcher

_DAY = re.compile(r"(?<!\d)(?:1[34]|19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?!\d)")
# Digits and what stands between the digits of one number, on one line.
_RUN = re.compile(r"[+(]{0,2}\d[\d ().+/–-]*\d")
_FEWEST_DIGITS = 7
# So long a run at least, from its first digit to its last.
_MAY_BE = re.compile(r"\d[\d ().+/–-]{5,}\d")
# A letter has a few numbers. Of a text that is nothing but digits, what comes after so many characters counts as numbers unseen.
_MOST_SIGNS = 6_000
# Numbers that say themselves that they are none to call: order #601220214.
_NUMBER_SIGNS = "#№"


def phone_spans(folded, regions):
    """(start, end) of each phone number. `regions`: where those without a country belong. Linear, with an end to its patience."""
    if not _MAY_BE.search(folded):
        return
    folded = _DAY.sub(lambda day: "x" * len(day.group()), folded)
    seen = 0
    for run in _RUN.finditer(folded):
        signs = run.group()
        if sum(map(str.isdigit, signs)) < _FEWEST_DIGITS:
            continue
        start = run.start()
        seen += len(signs)
        if seen > _MOST_SIGNS:
            yield run.span()
            continue
        for region in regions or [None]:
            for first, last in _found(signs, region):
                if not (first == 0 and start and folded[start - 1] in _NUMBER_SIGNS):
                    yield start + first, start + last


@lru_cache(maxsize=2048)
def _found(signs, region):
    return tuple((number.start, number.end) for number in PhoneNumberMatcher(signs, region, leniency=Leniency.VALID))
