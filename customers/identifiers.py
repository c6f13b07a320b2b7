"""What tells who a customer is, as patterns over folded text: the name in its usual endings, company, e-mail, phone.

Patterns are compiled only for a text that may hold something, so that a list of fifty customers costs next to nothing.
"""

import re
from functools import cache, cached_property, lru_cache

import phonenumbers

from customers.folding import BREAK, fold, folded_words

SHORTEST_PART = 3
# Parts of names that are words of every text, and words beside names.
_NOT_A_NAME = set(
    "von van der den del della dos bin ibn abu and the mrs miss pan pani panstwo herr frau mister"
    " и госпожа господин آقا آقای خانم سید سیده دکتر مهندس".split()
)
# What stands around the name of a company in a register.
_LEGAL_FORMS = set(
    "sp spolka z o oo zoo s a sa jawna ltd limited llc inc corp co company plc gmbh ag kg bv firma sklep"
    " ооо оао зао пао ао ип фирма магазин شرکت فروشگاه گروه".split()
)
# E-mail names that belong to many.
_SHARED_NAMES = set(
    "admin biuro contact email hello office order orders poczta sales sklep support kontakt webmaster postmaster noreply mail".split()
)
# How Polish and Russian, as they are folded, bend a name: Nowaka, Kasią, Новиковым.
_ENDINGS = {
    "latin": "iego iemu owie owej owa owi iem iej imi ich ego emu ami ach iu ie em om ow ej im a e i o u y",
    "cyrillic": "ого его ому ему ыми ими ами ями ой еи ою ею ом ем ым им ых их ов ев ии ия ию ью а я у ю е о ы и ь",
}
_LAST_VOWEL = {"latin": re.compile("[aeiouy]$"), "cyrillic": re.compile("(?:ии|ыи|[аяоеиыуюь])$")}
_GAP = r"[\W_]{0,3}"
_NOT_IN_A_WORD = r"(?<![^\W\d_])(?:%s)(?![^\W\d_])"
_LAST_WORD = re.compile(r"[^\s,;:()]*$")
_LONGEST_TAIL = 100
_LAST_NUMBER = re.compile(r"(?<!\d)[+(]{0,2}\d[\d ().-]{0,24}$")
_NO_DIGITS = re.compile(r"\D+")


class Identifiers:
    """One customer's name, company and addresses, to be found in folded text."""

    def __init__(self, *, names=(), companies=(), emails=(), phones=()):
        self._names = [words for words in map(folded_words, names) if words]
        self._companies = [words for words in map(_without_legal_forms, companies) if words]
        self._emails = [fold(email)[0].strip() for email in emails if email]
        self._phones = [number for number in map(_number, phones) if number]

    def spans(self, folded):
        """(start, end) of everything in the text that tells who this is, in no order."""
        bare = folded.replace(BREAK, "")
        spans = []
        for beginning in self._beginnings:
            if beginning in bare:
                spans += [found.span() for found in self._words.finditer(folded)]
                break
        digits = _NO_DIGITS.sub("", folded) if self._phones else ""
        for code, number in self._phones:
            if number in digits:
                spans += [found.span() for found in _phone_pattern(code, number).finditer(folded)]
        return spans

    def span_at_cut(self, folded):
        """(start, end) of the beginning of an identifier, where a text that was cut short breaks off in the middle of it; or None."""
        before, folded = max(0, len(folded) - _LONGEST_TAIL), folded[-_LONGEST_TAIL:]
        last = _LAST_WORD.search(folded)
        word = last.group().replace(BREAK, "")
        known = [*self._parts, *self._emails, *self._mailbox_names]
        if "@" in word or len(word) >= SHORTEST_PART and any(name.startswith(word) for name in known):
            return before + last.start(), before + last.end()
        number = _LAST_NUMBER.search(folded)
        digits = _NO_DIGITS.sub("", number.group()).lstrip("0") if number else ""
        if len(digits) >= SHORTEST_PART and any(told.startswith(digits) for code, rest in self._phones for told in (rest, code + rest)):
            return before + number.start(), before + number.end()
        return None

    @cached_property
    def _parts(self):
        """Single words that name the customer: parts of the name, and the name before the @ where it is one of a person."""
        words = {word for name in self._names for parts in name for word in (*parts, "".join(parts))}
        words = {word for word in words if len(word) >= SHORTEST_PART and word not in _NOT_A_NAME}
        return sorted(words)

    @cached_property
    def _mailbox_names(self):
        names = {email.partition("@")[0] for email in self._emails}
        return sorted(name for name in names if len(name) >= 5 and name not in _SHARED_NAMES)

    @cached_property
    def _whole(self):
        """Names of several words, in either order, and companies: sequences of words with little between them."""
        sequences = []
        for name in self._names:
            words = [word for parts in name for word in parts]
            if len(words) > 1:
                sequences += [words, words[::-1], [*words[-1:], *words[:-1]]]
            sequences += [parts for parts in name if len(parts) > 1]
        return [*sequences, *self._companies]

    @cached_property
    def _beginnings(self):
        """Letters without which there is nothing to find."""
        first = [_stem(word)[0] for word in self._parts] + [words[0] for words in self._whole]
        return sorted(
            {*first, *(name.replace(BREAK, "") for name in self._mailbox_names), *(mail.replace(BREAK, "") for mail in self._emails)}
        )

    @cached_property
    def _words(self):
        free = [_spelled(mail) for mail in self._emails]
        free += [_NOT_IN_A_WORD % _spelled(name) for name in self._mailbox_names]
        bound = []
        for words in self._whole:
            pattern = _GAP.join(_spelled(word) for word in words)
            # A whole name is told even from inside another word: scankasianowak2.
            (free if len(words) > 1 and sum(map(len, words)) > 7 else bound).append(pattern)
        bound += [_bent(word) for word in self._parts]
        return re.compile("|".join([*free, _NOT_IN_A_WORD % "|".join(bound)] if bound else free))


@lru_cache(maxsize=512)
def identifiers_of(names, companies, emails, phones):
    """The same ones for the same words: a list is asked for again and again, and its customers come back."""
    return Identifiers(names=names, companies=companies, emails=emails, phones=phones)


def _spelled(word):
    return f"{BREAK}?".join(map(re.escape, word.replace(BREAK, "")))


def _script(word):
    return "latin" if word.isascii() else "cyrillic" if "а" <= word[0] <= "я" else ""


def _stem(word):
    """(the part of a name that stays when it is bent, its script)."""
    script = _script(word)
    if not script:
        return word, script
    stem = _LAST_VOWEL[script].sub("", word)
    return (stem if len(stem) >= SHORTEST_PART else word), script


def _bent(word):
    """A pattern of the word in its usual endings."""
    stem, script = _stem(word)
    if not script:
        # Persian joins ی to a name that ends in a vowel.
        return _spelled(word) + (f"(?:{BREAK}?ی)?" if word[-1] in "او" else "")
    # Kasia is bent to Kasi, Федора to Федор; Anna never to Ann.
    may_end_here = script == "cyrillic" or stem[-1] == "i"
    return f"{_spelled(word)}s?|{_spelled(stem)}(?:{_endings_of(script)}){'?' if may_end_here else ''}"


@cache
def _endings_of(script):
    return "|".join(_spelled(ending) for ending in _ENDINGS[script].split())


def _without_legal_forms(company):
    words = [word for parts in folded_words(company) for word in parts]
    kept = list(words)
    while kept and kept[0] in _LEGAL_FORMS:
        kept.pop(0)
    while kept and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    kept = kept or words
    return kept if sum(map(len, kept)) >= SHORTEST_PART else []


def _number(phone):
    """(country code, the digits after it), or None."""
    digits = _NO_DIGITS.sub("", fold(str(phone or ""))[0])
    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return ("", digits) if len(digits) >= 7 else None
    return str(number.country_code), phonenumbers.national_significant_number(number)


def _phone_pattern(code, number):
    """The number with or without its country, however it is parted: +48 601-220-214, (0912) 345 6789, 00989123456789."""
    country = rf"\(?(?:(?:(?:\+|00){_GAP})?{code}{_GAP})?" if code else ""
    return re.compile(rf"{country}(?:\(?0\)?{_GAP})?{_GAP.join(number)}")
