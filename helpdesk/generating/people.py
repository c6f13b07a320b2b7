"""The customers: each is known by a number alone, from which name, language and addresses follow."""

from functools import cache, cached_property

from common.fulltext.cutting import GAP, SHORTEST_END
from helpdesk.generating.folding import ends_of, halves_of, words_of
from helpdesk.generating.pieces import tongue
from helpdesk.generating.words import LANGUAGES

_folded, _halves = cache(words_of), cache(halves_of)
_LANGUAGE_OF = [code for code, (_module, share) in LANGUAGES.items() for _ in range(share)]
_PHONES = {"fa": "+98912{:07d}", "pl": "+4860{:07d}", "en": "+447400{:06d}", "ru": "+7916{:07d}"}
_MOST = {"en": 1_000_000}
#: One of so many customers has an account to sign in with.
WITH_ACCOUNT = 6
#: The first of them are regulars: one in a hundred, who write every tenth ticket.
REGULARS, BY_REGULARS = 100, 0.1


class Person:
    """The customer with this number. The same for every seed but for the order in which they write."""

    def __init__(self, number):
        self.number = number
        self.language = code = _LANGUAGE_OF[number * 617 % 1000]
        words = tongue(code)
        mixed = number * 48_271 + 11
        self.first, self._last, self._latin = words.full_name(mixed)
        self.name = f"{self.first} {self._last}"
        self.has_account = number % WITH_ACCOUNT == 0
        self.email = f"{self._latin}{number}@mail.example" if self.has_account or mixed % 20 else ""
        self.phone = _PHONES[code].format(number % _MOST.get(code, 10_000_000)) if mixed % 3 or not self.email else ""
        self.company = words.companies[mixed // 7 % len(words.companies)] if mixed % 17 == 0 else ""

    @cached_property
    def words(self):
        """The words of the name, as the search knows them."""
        parts = [part for part in (self.first, self._last, self.company) if part]
        halves = [_halves(part) for part in parts if _halves(part)]
        return " ".join([_folded(part) for part in parts] + ([GAP, *halves] if halves else []))

    @cached_property
    def addresses(self):
        """The words of the addresses: as common.fulltext.cutting makes them of these, without taking them apart again."""
        number, parts, ends = str(self.number), [], []
        if self.email:
            parts.append(f"{self._latin.replace('.', ' ')}{number} mail example")
            ends.append(f"{self._latin.replace('.', '')}{number}")
            ends += [number, ends_of(number)][: max(0, len(number) - SHORTEST_END + 1)]
        if self.phone:
            parts.append(self.phone[1:])
            ends.append(ends_of(self.phone[1:]))
        return f"{' '.join(parts)} {GAP} {' '.join(ends)}"


def writer(random, known):
    """The number of the customer who writes a ticket, of so many who are known by then. Many write once, a few dozens of times."""
    regulars = known // REGULARS
    if regulars and random() < BY_REGULARS:
        return int(random() * regulars)
    return int(random() ** 1.25 * known)
