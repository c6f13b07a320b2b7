"""How long an SMS is, keeping it short, and writing it plainly. A part holds 160 signs of the GSM alphabet, or 70 of anything else."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from gsm0338 import Codec

MOST_PARTS = 5
GSM, UCS = "GSM-7", "UCS-2"
#: alphabet: (what fits into a single part, what fits into each of several)
ROOM = {GSM: (160, 153), UCS: (70, 67)}

_CODEC = Codec()
# Letters and signs that no decomposition makes plain.
_PLAIN = str.maketrans(
    {
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i", "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d", "ẞ": "SS",
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "″": '"', "«": '"', "»": '"',
        "‹": "'", "›": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "…": "...", "•": "*", "·": "*",
        "×": "x", "⁄": "/", "№": "No", "™": "TM", "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "", "\u2068": "", "\u2069": "",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Length:
    """`units` of the alphabet used, `parts` that are paid for, what fits in each of them, and how many units are `left` in the last."""

    alphabet: str
    units: int
    parts: int
    per_part: int
    left: int

    @property
    def used_in_last(self):
        return self.per_part - self.left if self.parts else 0


def measure(text) -> Length:
    """As operators count it: what takes two units (€, an emoji) is never parted, so a part may stay one short."""
    alphabet = GSM if all(map(_septets, text)) else UCS
    costs = [_septets(sign) for sign in text] if alphabet == GSM else [1 if sign <= "\uffff" else 2 for sign in text]
    single, joined = ROOM[alphabet]
    units = sum(costs)
    if units <= single:
        return Length(alphabet, units, 1 if units else 0, single, single - units)
    parts, used = 1, 0
    for cost in costs:
        if used + cost > joined:
            parts, used = parts + 1, 0
        used += cost
    return Length(alphabet, units, parts, joined, joined - used)


def fit(text, most_parts=MOST_PARTS) -> str:
    """The text, its end cut off when it would take more parts than anybody should pay for."""
    length = measure(text)
    if length.parts <= most_parts:
        return text
    end = "..." if length.alphabet == GSM else "…"
    lengths = range(length.per_part * most_parts - len(end) + 1)
    longest = bisect_right(lengths, most_parts, key=lambda longest: measure(text[:longest] + end).parts) - 1
    return text[:longest].rstrip("\u200c\u200d\u2068 \n") + end


def plain_latin(text) -> str:
    """ą as a, ł as l, typographic quotes and dashes as simple ones: where that leaves nothing that costs more. Else the text as it is."""
    plain = "".join(sign if _septets(sign) else _without_marks(sign) for sign in text)
    return plain if all(map(_septets, plain)) else text


def _without_marks(sign):
    plain = sign.translate(_PLAIN)
    if plain != sign:
        return plain
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part)).translate(_PLAIN)


@lru_cache(maxsize=2048)
def _septets(sign):
    """1 or 2 places of the GSM alphabet, 0 for what it does not have."""
    try:
        return len(_CODEC.encode(sign)[0]) if sign != "\x1b" else 0
    except UnicodeEncodeError:
        return 0
