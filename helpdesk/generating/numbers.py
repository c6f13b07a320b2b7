"""Public numbers as tickets.numbering makes them, without asking each time which are taken: no two alike, and one tells nothing about the next."""

# Shares no factor with 9 * 10 ** digits, so that it visits every number once.
_STEP = 7_654_321
#: Up to this share short numbers are found at the first tries; then they grow by a digit.
_FULL = 0.6


def number_of(place, *, seed, digits, prefix="", taken=()):
    """The number of the ticket at this place in the order of all. In the place of one that is `taken` stands a much longer one."""
    behind = place
    while behind >= (room := 9 * 10 ** (digits - 1)) * _FULL:
        behind -= int(room * _FULL)
        digits += 1
    number = f"{prefix}{10 ** (digits - 1) + (behind * _STEP + seed * 1_013) % room}"
    return f"{prefix}{10**8 + place}" if number in taken else number
