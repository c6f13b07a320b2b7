"""field: and order: — tickets by what stands in the owner's fields, as far as this person may read them.

What people wrote freely may tell who the customer is. Where this person may not know the customer it is found only by words that
everybody may find the ticket by.
"""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.errors import DeskError
from common.fulltext.patterns import pattern_of
from common.fulltext.wanted import Wanted
from common.normaliser import tokens
from common.numbers import parse_number
from custom_fields.kinds import FROM_A_LIST, kind_of
from custom_fields.models import CustomerAccess, Field, FieldKind, FieldPlace
from tickets.models import FieldValue
from tickets.search import values
from tickets.search.finding import holding
from tickets.search.index import NAMES, TITLE, WORDS
from tickets.search.operators import Narrowing, operator

_BETWEEN_WORDS = r"\W{1,4}"
_IN_NUMBERS = r"[ ().\/-]?"
_ORDER = ("order", "سفارش", "zamówien", "заказ")


@operator(
    "field",
    gettext_lazy("field"),
    "فیلد",
    "pole",
    "поле",
    example="field:order=1234",
    help=pgettext_lazy("search help", "with this in one of your fields"),
    is_whole=True,
)
def by_field(searcher, value):
    """field:order=1234: in the fields called so; field:1234: in any field."""
    called, is_named, wanted = value.partition("=")
    if not is_named:
        return _in(_readable(searcher), value) or Narrowing(Q(pk=None), value)
    fields = values.named(_readable(searcher), called, lambda row: [row.key, *values.spellings(row.label)])
    if not fields:
        return Narrowing(None, problem=_("No field is called “%(value)s”.") % {"value": called.strip()})
    return _in(fields, wanted) or Narrowing(None, problem=_problem(fields[0], wanted))


@operator(
    "order",
    pgettext_lazy("search", "order"),
    "سفارش",
    "شماره‌سفارش",
    "zamówienie",
    "заказ",
    example="order:1234",
    help=pgettext_lazy("search help", "with this in a field for orders"),
    either=True,
)
def by_order(searcher, value):
    """In the fields whose name speaks of an order. An owner without such a field may have the number anywhere."""
    fields = [field for field in _readable(searcher) if _speaks_of_orders(field)]
    return (_in(fields, value) if fields else None) or Narrowing(_findable(searcher, value, TITLE, WORDS, NAMES), value, leaves_few=True)


def _readable(searcher):
    """The fields of requests this person may read; `is_for_all`: what stands in it is found by everybody who finds the ticket."""
    viewers = Field.viewers.through.objects.filter(field=OuterRef("pk"))
    asked = Field.objects.kept().exclude(kind__in=[FieldKind.SECRET, FieldKind.FILE]).exclude(place=FieldPlace.CUSTOMER)
    asked = asked.for_reader(searcher.user).annotate(has_viewers=Exists(viewers))
    fields = [field for field in asked if field.is_open]
    for each in fields:
        each.searcher = searcher
        each.is_for_all = not each.has_viewers and each.customer_access != CustomerAccess.NONE
    return fields


def _speaks_of_orders(field):
    names = [values.compact(name) for name in (field.key, *values.spellings(field.label))]
    return any(values.compact(word) in name for word in _ORDER for name in names)


def _in(fields, value):
    """A Narrowing to the tickets in which one of these fields holds the value; None where it can stand in none of them."""
    condition, shown = Q(), []
    for each in fields:
        found = _holding(each, value)
        if found is not None:
            condition |= found
            shown.append(str(each.label))
    words = f"{shown[0]} = {value}" if len(fields) == 1 and shown else value
    return Narrowing(condition, words.strip(), leaves_few=True) if shown else None


def _holding(field, value):
    """The condition that the ticket's field holds the value; None where the field cannot hold it."""
    if field.kind in FROM_A_LIST:
        keys = [key for key, _words in values.named(list(_answers(field).items()), value, lambda item: item[1])]
        return _exists(field, option__in=keys) if keys else None
    if field.kind == FieldKind.DATE:
        try:
            return _exists(field, date=values.day_called(value))
        except (ValidationError, ValueError, OverflowError):
            return None
    if field.kind == FieldKind.NUMBER:
        try:
            return _as_far_as_told(field, value, number=parse_number(value[:60]))
        except DeskError:
            return None
    pattern = _pattern(value)
    return _as_far_as_told(field, value, text__regex=pattern) if pattern else None


def _exists(field, **found):
    return Q(pk__in=FieldValue.objects.filter(field=field, **found).values("ticket"))


def _as_far_as_told(field, value, **found):
    """What is hidden from this reader is found no more than it is read."""
    if field.is_for_all:
        told = _findable(field.searcher, value, WORDS, NAMES)
    else:
        told = Q(store__in=field.searcher.known)
    return _exists(field, **found) & told


def _findable(searcher, value, *zones):
    """The condition that the words stand in these zones, where this person may look for them."""
    wanted = Wanted.of(value)
    return holding(wanted, known_stores=searcher.known, zones=zones) if wanted else Q(pk=None)


def _pattern(value):
    """Finds the value anywhere in a text, in all its spellings; numbers with and without the signs between their digits."""
    words = tokens(value)
    glued = "".join(words)
    if glued.isdigit():
        return pattern_of(glued.lstrip("0") or glued, _IN_NUMBERS)
    return _BETWEEN_WORDS.join(map(pattern_of, words))


def _answers(field):
    """{key of an answer of the list: its words in every language}."""
    if field.kind != FieldKind.YES_NO:
        return {option["key"]: values.spellings(LazyI18nString(option["label"])) for option in field.options}
    answers = {}
    for language, _name in Language.choices:
        with translation.override(language):
            for key, words in kind_of(field).options(field):
                answers.setdefault(key, []).append(str(words))
    return answers


def _problem(field, value):
    return _("“%(value)s” is nothing that can stand in the field “%(field)s”.") % {"value": value.strip(), "field": field.label}
