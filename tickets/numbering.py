"""Public numbers: digits, easy on the phone, after the store's letters, if it has some. Not consecutive: one tells nothing about the next."""

import secrets

from stores.addresses import all_prefixes


def new_number(taken, *, digits=6, prefix=""):
    """One of the numbers that `taken(numbers)` does not return. So many digits while there is room, more when the short ones fill up."""
    while True:
        # One with a digit more among them: where the short ones are used up, nobody asks twice.
        drawn = [prefix + _draw(many) for many in (digits, digits, digits, digits, digits + 1)]
        held = taken(drawn)
        for number in drawn:
            if number not in held:
                return number
        digits += 1


def _draw(digits):
    return str(10 ** (digits - 1) + secrets.randbelow(9 * 10 ** (digits - 1)))


def spellings_of(word):
    """The numbers a person may mean by this word: in any case, and with the letters left out."""
    word = word.upper()
    return [word, *(prefix + word for prefix in all_prefixes())] if word.isdecimal() else [word]
