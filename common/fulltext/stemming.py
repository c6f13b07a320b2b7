"""Which beginnings of words a word of a question stands for: its own, and that of its stem."""

import threading
from functools import lru_cache

import snowballstemmer

SHORTEST = 3
_OWN = threading.local()  # a stemmer is no more than one thread's
_PERSIAN_ENDINGS = (
    "هایشان", "هایتان", "هایمان", "هایم", "هایت", "هایش", "هایی", "های", "ها"
)  # fmt: skip
# The Polish stemmer knows its endings by marks that folding took away.
_POLISH_ENDINGS = ("iego", "iemu", "ami", "ach", "owi", "ow", "om", "em", "ie")
# paczka, paczce; faktura, fakturze.
_POLISH_SOFT = (("ce", "k"), ("dze", "g"), ("rze", "r"))
_VOWELS = frozenset("aeiouyаеиоуыэюя")


@lru_cache(maxsize=20_000)
def stems(word) -> tuple[str, ...]:
    """The beginnings to look for: as few as cover the word itself and its stems. None is shorter than 3 letters but the word itself.

    orders: order; batteries: batteri, battery. Only folded words are known here.
    """
    found = {word}
    if word.isdecimal():
        found |= _without_trunk(word)
    elif len(word) > SHORTEST and word.isalpha():
        for stem in _stems(word):
            if len(stem) >= SHORTEST:
                found.add(stem)
    return tuple(one for one in sorted(found) if not any(one != other and one.startswith(other) for other in found))


def _without_trunk(number):
    """A telephone number as it is kept, whose caller's 0, 00 or (in Russia) 8 stands for the country."""
    if 10 <= len(number) <= 15 and number.startswith("0"):
        return {number.lstrip("0")} - {""}
    return {number[1:]} if len(number) == 11 and number.startswith("8") else set()


def _stems(word):
    first = word[0]
    if "\u0600" <= first <= "\u06ff":
        yield from (word.removesuffix(ending) for ending in _PERSIAN_ENDINGS if word.endswith(ending))
    elif "\u0400" <= first <= "\u04ff":
        yield from _with_fleeting(word, _stem("russian", word), "кц", "ое")
    elif first.isascii():
        yield from _english(word)
        stem = _stem("polish", word)
        yield from _with_fleeting(word, stem, "kc", "e")
        for ending in _POLISH_ENDINGS:
            if stem == word and word.endswith(ending) and len(word) - len(ending) > SHORTEST:
                yield from _with_fleeting(word, word.removesuffix(ending), "kc", "e")
                break
        yield from (word.removesuffix(soft) + hard for soft, hard in _POLISH_SOFT if len(word) > 5 and word.endswith(soft))


def _english(word):
    if len(word) > 4 and word.endswith("ies"):
        yield word[:-3] + "y"
    elif len(word) > 4 and word.endswith("y") and word[-2] not in _VOWELS:
        yield word[:-1] + "ie"
    stem = _stem("english", word)
    if word.startswith(stem):
        yield stem


def _with_fleeting(word, stem, consonants, vowels):
    """The stem, and its like with or without the vowel that comes and goes: paczka, paczek; посылка, посылок."""
    if not word.startswith(stem):
        return
    yield stem
    if len(stem) > SHORTEST and stem[-1] in consonants:
        if stem[-2] in vowels and stem[-3] not in _VOWELS:
            yield stem[:-2] + stem[-1]
        elif stem[-2] not in _VOWELS:
            yield from (stem[:-1] + vowel + stem[-1] for vowel in vowels)


def _stem(language, word):
    stemmers = _OWN.__dict__
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(language)
    return stemmers[language].stemWord(word)
