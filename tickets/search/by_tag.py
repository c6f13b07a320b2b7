"""tag: — tickets by what staff put on them, as far as this person reads it there: a tag can be somebody's name, too."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.normaliser import tokens
from customers.finding import matching
from customers.identifiers import Identifiers
from customers.masking import REGIONS, Mask
from customers.models import Customer
from tickets.models.tag import Tag, Tagging, folded_name
from tickets.search import values
from tickets.search.operators import Narrowing, listed, nothing, operator

MOST_TAGS = 50
#: Of so many customers each is asked whether the tag tells of them; of more all are taken to be told of.
MOST_ASKED = 500
#: What every form of a name has in common: Ewa, Ewy.
_BEGINNING = 2


@operator(
    "tag",
    gettext_lazy("tag"),
    "label",
    "برچسب",
    "تگ",
    "etykieta",
    "znacznik",
    "метка",
    "тег",
    example="tag:urgent",
    help=pgettext_lazy("search help", "with this tag; twice for both, with a comma for either"),
)
def by_tag(searcher, value):
    """By a tag that some ticket this person sees carries, or by the beginning of its name."""
    if not values.compact(value):
        return nothing(_("No tag is called “%(value)s”.") % {"value": value})
    tags = Tag.objects.named(value) or Tag.objects.filter(folded__startswith=folded_name(value))
    read = [(tag, _carrying(searcher, tag)) for tag in tags[:MOST_TAGS]]
    read = [(tag, carrying) for tag, carrying in read if searcher.seen.filter(carrying).exists()]
    if not read:
        return nothing(_("No tag is called “%(value)s”.") % {"value": value})
    return Narrowing(reduce(or_, (carrying for _tag, carrying in read)), listed([tag for tag, _carrying in read]), leaves_few=True)


def _carrying(searcher, tag):
    """The condition that a ticket carries the tag, and that its name is not covered there for this person (tickets.covering.tags_before)."""
    carrying = Q(pk__in=Tagging.objects.filter(tag=tag).values("ticket"))
    hidden = searcher.seen.filter(carrying).exclude(store__in=searcher.known)
    if not hidden.exists():
        return carrying
    region = getattr(searcher.known, "regions", {}).get(tag.store_id, "")
    if _covers(Mask(Identifiers(), [region, *REGIONS]), tag):
        return carrying & Q(store__in=searcher.known)
    told_of = _told_of(hidden, tag, region)
    return carrying & (Q(store__in=searcher.known) | ~Q(customer__in=told_of)) if told_of else carrying


def _told_of(tickets, tag, region):
    """Ids of the customers of these tickets of whom the name of the tag tells."""
    beginnings = {word[:_BEGINNING] for word in tokens(tag.name)}
    if not beginnings:
        return []
    alike = reduce(or_, (Q(pk__in=matching(Customer.objects.all(), beginning).values("pk")) for beginning in sorted(beginnings)))
    customers = Customer.objects.filter(alike, pk__in=tickets.values("customer")).order_by()
    asked = list(customers[: MOST_ASKED + 1])
    if len(asked) > MOST_ASKED:
        return customers.values("pk")
    return [customer.pk for customer in asked if _covers(Mask.of(customer, region=region), tag)]


def _covers(mask, tag):
    return mask.text(tag.name) != tag.name
