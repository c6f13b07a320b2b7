"""Regular expressions that find a folded word in a text as somebody wrote it: the normaliser, read backwards.

They hold nothing but sets of letters and simple repeats, so that they take time in proportion to the text, and mean the same to
Python and to both databases.
"""

import re
import unicodedata
from functools import cache

from common.normaliser import normalise

#: Where letters live that fold to another one: Latin, Greek, Cyrillic, Arabic, their later additions and presentation forms.
_BLOCKS = [(0x41, 0x5A), (0x61, 0x7A), (0xA0, 0x2AF), (0x370, 0x52F), (0x620, 0x6FF), (0x750, 0x77F), (0x1E00, 0x1EFF)]
_BLOCKS += [(0x2100, 0x214F), (0xFB00, 0xFB06), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0xFF10, 0xFF5A)]
#: What a word may hold besides its letters: marks, tatweel, joiners, hidden hyphens and signs of direction.
SILENT = "\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u200b-\u200f\u2060\ufeff"
_SILENT = f"[{SILENT}]*"
# Persian words begin with these, and a space may stand behind: می خواهم.
_APART = ("نمی", "می")


@cache
def _spellings():
    """({folded letter: the letters it stands for}, {folded pair: the letters that stand for both})."""
    single, several = {}, {}
    digits = [chr(code) for code in range(0x660, 0x1FFFF) if chr(code).isdecimal()]
    for letter in [*(chr(code) for first, last in _BLOCKS for code in range(first, last + 1)), *digits]:
        if unicodedata.category(letter)[0] not in "LN":
            continue
        folded = normalise(letter)
        if len(folded) == 1 and folded != letter:
            single[folded] = single.get(folded, "") + letter
        elif len(folded) == 2:
            several[folded] = several.get(folded, "") + letter
    return single, several


@cache
def _one(letter):
    others = _spellings()[0].get(letter, "")
    return f"[{re.escape(letter)}{others}]" if others else re.escape(letter)


def pattern_of(word, between=_SILENT, first=str):
    """Finds the folded word however its letters are written; `between`: what may stand between two of them; `first`: what the pattern of
    the first letter becomes."""
    several, pieces, at = _spellings()[1], [], 0
    apart = next((len(beginning) for beginning in _APART if word.startswith(beginning) and len(word) > len(beginning) + 1), 0)
    while at < len(word):
        if apart and at == apart:
            pieces.append(" ?")
            apart = 0
        pair, written = word[at : at + 2], str if at else first
        if pair in several:
            pieces.append(f"(?:{written(_one(pair[0]))}{between}{_one(pair[1])}|{written(f'[{several[pair]}]')})")
            at += 2
        else:
            pieces.append(written(_one(word[at])))
            at += 1
    return between.join(pieces)
