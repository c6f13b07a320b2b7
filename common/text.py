"""Cleaning what people and other systems write, at one place, before it meets the database, a mail or a log.

Unicode's joiners (U+200C, U+200D) and the marks U+200E, U+200F stay: Persian and emoji need them. Overrides and
embeddings of direction go, because they can make a file name or a subject read as something else.
"""

import re
import unicodedata

# C0 and C1 controls except tab and newline, DEL, bidi embeddings and overrides and isolates, tag characters,
# interlinear marks, lone surrogates and noncharacters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0001]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_MANY_EMPTY_LINES = re.compile(r"\n{4,}")

# What never counts as something to read: a field holding only these is empty.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u061c\u034f\u180e"

_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


def clean_text(value) -> str:
    """The words as typed, on lines ended by \\n, without characters nobody can see; edges trimmed.

    Keeps spaces inside lines (code, tables), folds four and more line ends into three.
    """
    text = _LINE_ENDS.sub("\n", "" if value is None else str(value))
    text = _UNWANTED.sub("", text)
    text = _MANY_EMPTY_LINES.sub("\n\n\n", text).strip()
    return "" if is_blank(text) else text


def clean_line(value, max_length=None) -> str:
    """One line, white space folded, fit for a subject, a name or a header; cut between characters when too long."""
    text = _SPACES.sub(" ", clean_text(value).replace("\n", " ")).strip()
    if max_length is not None and len(text) > max_length:
        text = cut(text, max_length).rstrip()
    return text


def is_blank(text) -> bool:
    """Whether there is nothing to read, though there may be joiners, marks or spaces."""
    return not str(text).strip().strip(INVISIBLE).translate(_WITHOUT_INVISIBLE).strip()


def excerpt(text, length=140) -> str:
    """The beginning of a text on one line, ended by “…” when something was left out; at most `length` characters."""
    line = clean_line(str(text or "")[: length * 8 + 1000])
    if len(line) <= length:
        return line
    beginning = cut(line, length - 1)
    last_space = beginning.rfind(" ")
    if line[len(beginning)] != " " and last_space > length * 0.6:
        beginning = beginning[:last_space]
    return beginning.rstrip(" ,.;:،؛-–—" + "\u200c\u200d") + "…"


def cut(text, length) -> str:
    """At most the first `length` code points, never splitting a letter from its marks, nor an emoji or a flag."""
    if len(text) <= length:
        return text
    end = length
    # A cluster longer than this is an attack, not a letter.
    while end > max(0, length - 40) and _joined(text, end):
        end -= 1
    if end == max(0, length - 40):
        end = length
    return text[:end]


def _joined(text, index) -> bool:
    """Whether the characters around this index are drawn as one."""
    before, after = text[index - 1], text[index]
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or after in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if before == "\u200d":
        return True
    if _is_flag_letter(before) and _is_flag_letter(after):
        run = 0
        while index - 1 - run >= 0 and _is_flag_letter(text[index - 1 - run]):
            run += 1
        return run % 2 == 1
    return False


def _is_flag_letter(character) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
