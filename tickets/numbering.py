"""Public numbers: digits only, easy on the phone, not consecutive, so that one tells nothing about the next."""

import secrets


def new_number(taken, *, digits=6):
    """A number that `taken(number)` denies. Six digits while there is room, longer ones when the short ones fill up."""
    while True:
        for _attempt in range(4):
            number = str(10 ** (digits - 1) + secrets.randbelow(9 * 10 ** (digits - 1)))
            if not taken(number):
                return number
        digits += 1
