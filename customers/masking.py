"""Covering who a customer is in what people wrote: subjects, messages, names of files, comments.

People sign their letters and quote their numbers, so a masked name beside an open letter hides nothing. A Mask is made for one
customer and covers their name in its parts and endings, company, e-mail and phone, and with them every other e-mail address and
phone number. Everything is linear in the text. What it cannot know: nicknames, other spellings of sound, pictures.
"""

import re
import unicodedata
from urllib.parse import unquote

from common.covered import MARK
from customers.folding import BREAK, fold
from customers.identifiers import identifiers_of
from customers.masked_html import masked_html
from customers.numbers import phone_spans

_REGION_OF_LANGUAGE = {"fa": "IR", "pl": "PL", "ru": "RU"}
REGIONS = sorted(_REGION_OF_LANGUAGE.values())
_MAIL = re.compile(rf"(?<![\w.+{BREAK}-])[\w.+{BREAK}-]{{1,64}}@[\w{BREAK}-]{{1,63}}(?:\.[\w{BREAK}-]{{1,63}}){{1,6}}")
# How an excerpt ends. NFKC makes three dots of it.
_CUT = "..."
_TOKEN = re.compile(r"\S+")
_JOINS = " ._-\u00a0"


class Mask:
    """Covers one customer. `regions`: where phone numbers without a country belong."""

    covers = True
    customer_id = None

    def __init__(self, identifiers, regions=()):
        self._identifiers, self._regions = identifiers, sorted({region for region in regions if region})

    @classmethod
    def of(cls, customer, *, region=""):
        """The mask of this customer; their account, where it is loaded, may know other addresses."""
        people = [customer]
        if customer._meta.get_field("user").is_cached(customer) and customer.user:
            people.append(customer.user)
        companies = [customer.company] if customer.company else []
        if customer._meta.get_field("organisation").is_cached(customer) and customer.organisation:
            companies.append(customer.organisation.name)
        identifiers = identifiers_of(
            names=frozenset(person.name for person in people if person.name),
            companies=tuple(companies),
            emails=frozenset(person.email for person in people if person.email),
            phones=frozenset(person.phone for person in people if person.phone),
        )
        mask = cls(identifiers, [region, _REGION_OF_LANGUAGE.get(customer.language)])
        mask.customer_id = customer.pk
        return mask

    def spans(self, text):
        """(start, end) of what is covered, in order and apart."""
        folded, places = fold(text)
        found = self._identifiers.spans(folded)
        if "@" in folded:
            found += [match.span() for match in _MAIL.finditer(folded)]
        found += phone_spans(folded, self._regions)
        cut = self._identifiers.span_at_cut(folded[: -len(_CUT)]) if folded.endswith(_CUT) else None
        found += [cut] if cut else []
        spans = [(places[start], _with_its_marks(text, places[end - 1] + 1)) for start, end in found if end > start]
        if "%" in text:
            spans += self._in_addresses(text)
        return _joined(text, sorted(spans)) if spans else []

    def _in_addresses(self, text):
        """Words of web addresses, where the letters are written as %D8%B9 and the like."""
        for token in _TOKEN.finditer(text):
            words = unquote(token.group())
            if words != token.group() and self.spans(words.replace("%", " ")):
                yield token.span()

    def text(self, text):
        """The text with marks in the place of what is covered."""
        text = str(text or "")
        return self._replaced(text, self.spans(text), MARK)

    @staticmethod
    def _replaced(text, spans, mark):
        pieces, end = [], 0
        for start, stop in spans:
            pieces += [text[end:start], mark]
            end = stop
        return "".join([*pieces, text[end:]]) if pieces else text

    def html(self, html):
        """The same for HTML that was sanitised: in its words and attributes; its structure stays."""
        return masked_html(html, self)

    def parted(self, text):
        """(the words that may be found by everybody, the words that tell who it is)."""
        spans = self.spans(text)
        hidden, spans_left = [], iter(spans)
        start, stop = next(spans_left, (None, None))
        for token in _TOKEN.finditer(text) if spans else ():
            while start is not None and stop <= token.start():
                start, stop = next(spans_left, (None, None))
            if start is not None and start < token.end():
                hidden.append(token.group())
        return self._replaced(text, spans, " "), " ".join(hidden)


class _Nothing:
    """For those who may know the customer: everything as it is."""

    covers = False

    def text(self, text):
        return str(text or "")

    def html(self, html):
        return html


OPEN = _Nothing()


def _with_its_marks(text, end):
    """The end moved behind the marks that belong to the last letter."""
    while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Me"}:
        end += 1
    return end


def _joined(text, spans):
    """Without overlaps; neighbours with nothing but a space or a sign between them become one."""
    joined = [spans[0]]
    for start, end in spans[1:]:
        last_start, last_end = joined[-1]
        if start <= last_end or not text[last_end:start].strip(_JOINS):
            joined[-1] = (last_start, max(last_end, end))
        else:
            joined.append((start, end))
    return joined
