"""Sentences of one language, prepared once: as text, as HTML and as the words a search knows. Letters are put together from them."""

from functools import cache
from typing import NamedTuple

from django.utils.html import escape

from common.numbers import local_digits
from helpdesk.generating.chance import LongTail, urn, zipf_weights
from helpdesk.generating.folding import ends_of, halves_of, words_of
from helpdesk.generating.words import LANGUAGES, listed

#: So many names of models there are in each language; most of them stand in a handful of tickets, however many tickets there are.
TAIL_LENGTH = 60_000
TAIL = LongTail(TAIL_LENGTH, exponent=1.0, offset=40)
#: The first names of each language begin with so many of women.
WOMEN = 10
_SLOT = "{"


class Piece(NamedTuple):
    """`slots`: names of what is still missing; then text, html and words are the parts between them. `ends`: what it is found by besides: ends of
    its number, parts of its words."""

    text: str
    html: str
    words: str
    slots: tuple = ()
    ends: str = ""


def piece_of(sentence):
    if _SLOT not in sentence:
        return Piece(sentence, str(escape(sentence)), words_of(sentence), ends=halves_of(sentence))
    parts = sentence.replace("}", _SLOT).split(_SLOT)
    between, slots = parts[::2], tuple(parts[1::2])
    return Piece(
        tuple(between),
        tuple(str(escape(part)) for part in between),
        tuple(words_of(part) for part in between),
        slots,
        halves_of(" ".join(between)),
    )


class Topic:
    """What people write about one kind of trouble."""

    def __init__(self, said):
        self.subjects = urn([piece_of(sentence) for sentence in said["subjects"]], size=64)
        self.customer = urn([piece_of(sentence) for sentence in said["customer"]], size=64)
        self.staff = urn([piece_of(sentence) for sentence in said["staff"]], size=64)
        self.notes = urn([piece_of(sentence) for sentence in said["notes"]], size=64)


class Tongue:
    """A language with all its pieces, each kind in an urn to draw from."""

    def __init__(self, code):
        module, _share = LANGUAGES[code]
        self.code = code
        self.topics = [Topic(said) for said in module.TOPICS.values()]
        for name in (
            "GREETINGS",
            "CLOSINGS",
            "STAFF_GREETINGS",
            "STAFF_CLOSINGS",
            "CUSTOMER",
            "STAFF",
            "NOTES",
            "DETAILS",
            "STAFF_DETAILS",
        ):
            setattr(self, name.lower(), urn([piece_of(sentence) for sentence in getattr(module, name)], size=128))
        self.things = urn([piece_of(thing) for thing in listed(module.THINGS)])
        cities = listed(module.CITIES)
        self.cities = urn([piece_of(city) for city in cities], zipf_weights(len(cities), exponent=1.2))
        self.days = [piece_of(day) for day in module.DAYS]
        self.firsts = [self._name(pair) for pair in listed(module.FIRST_NAMES)]
        self.lasts = [self._name(pair) for pair in listed(module.LAST_NAMES)]
        self.companies = module.COMPANIES
        self._syllables = module.SYLLABLES
        self.brand = cache(self._brand)
        self.number = cache(self._number)

    @staticmethod
    def _name(pair):
        native, _, latin = pair.rpartition(" ")
        return native, latin

    def full_name(self, number):
        """(first name, last name, both in Latin letters) of one of many people; a woman's last name as women bear it."""
        place, last = number % len(self.firsts), self.lasts[number // 31 % len(self.lasts)]
        first, first_latin = self.firsts[place]
        last, last_latin = _of_woman(last) if place < WOMEN else last
        return first, last, f"{first_latin}.{last_latin}"

    def _brand(self, rank):
        """The rank-th name of a model: a word nobody else has."""
        syllables, count = self._syllables, len(self._syllables)
        rest, word = rank * 7_919 % count**4, ""
        for _ in range(3 if rank < 4_000 else 4):
            rest, syllable = divmod(rest, count)
            word += syllables[syllable]
        return piece_of(word.capitalize())

    def _number(self, number):
        return piece_of(local_digits(number, self.code))

    def fill(self, slot, random, order):
        """Something to stand in this place of a sentence."""
        if slot == "thing":
            return self.things[int(random() * len(self.things))]
        if slot == "brand":
            return self.brand(TAIL.draw(random()))
        if slot == "city":
            return self.cities[int(random() * len(self.cities))]
        if slot == "day":
            return self.days[int(random() * len(self.days))]
        if slot == "hour":
            return self.number(8 + int(random() * 12))
        if slot == "code":
            digits = str(100_000 + int(random() * 900_000))
            return Piece(f"NV-{digits}", f"NV-{digits}", f"nv {digits}", ends=f"nv{digits} {digits} {ends_of(digits)}")
        if slot == "order":
            words = local_digits(order, self.code)
            return Piece(words, words, order, ends=ends_of(order))
        return self.number(1 + int(random() ** 2 * 990))


def _of_woman(name):
    native, latin = name
    if native.endswith(("ski", "cki")):
        return f"{native[:-1]}a", f"{latin[:-1]}a"
    return (f"{native}а", f"{latin}a") if native.endswith(("ов", "ев", "ёв", "ин")) else name


@cache
def tongue(code):
    return Tongue(code)
