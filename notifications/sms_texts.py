"""How long an SMS is, and keeping it short. A part holds 160 signs of the GSM alphabet, or 70 of anything else."""

from dataclasses import dataclass

GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take two places.
GSM_EXTENDED = set("^{}\\[~]|€\f")
MOST_PARTS = 5


@dataclass(frozen=True)
class Length:
    """`units` of the alphabet used, `parts` that are paid for, and what fits in each of them."""

    alphabet: str
    units: int
    parts: int
    per_part: int


def measure(text) -> Length:
    if set(text) <= GSM | GSM_EXTENDED:
        alphabet, single, joined = "GSM-7", 160, 153
        units = len(text) + sum(character in GSM_EXTENDED for character in text)
    else:
        alphabet, single, joined = "UCS-2", 70, 67
        units = len(text.encode("utf-16-be")) // 2
    if units <= single:
        return Length(alphabet, units, 1 if units else 0, single)
    return Length(alphabet, units, -(-units // joined), joined)


def fit(text, most_parts=MOST_PARTS) -> str:
    """The text, its end cut off when it would take more parts than anybody should pay for."""
    if measure(text).parts <= most_parts:
        return text
    longest = measure(text).per_part * most_parts - 1
    while measure(text[:longest] + "…").parts > most_parts:
        longest -= 1
    return text[:longest].rstrip() + "…"
