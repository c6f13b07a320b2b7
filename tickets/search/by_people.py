"""cc: watcher: — tickets by who reads along, outside and inside."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.numbers import ascii_digits
from tickets.models import TicketCopy, Watch
from tickets.search import values
from tickets.search.operators import Narrowing, listed, nothing, operator


@operator(
    "cc",
    gettext_lazy("in copy"),
    "copy",
    "رونوشت",
    "کپی",
    "kopia",
    "dw",
    "копия",
    example="cc:anna@firm.example",
    help=pgettext_lazy("search help", "with this e-mail address in copy, or one that begins like it"),
)
def by_copy(searcher, value):
    """By an address, or by what it begins with. Only where the searcher may know the customer, whose people these are."""
    wanted = ascii_digits(value).strip().lower()
    if not wanted:
        return nothing(_("No address in copy begins with “%(value)s”.") % {"value": value})
    copies = TicketCopy.objects.running().filter(email__istartswith=wanted)
    return Narrowing(Q(store__in=searcher.known, pk__in=copies.values("ticket")), value, leaves_few=True)


@operator(
    "watcher",
    gettext_lazy("watcher"),
    "watched",
    "دنبال‌کننده",
    "ناظر",
    "obserwuje",
    "obserwujący",
    "наблюдатель",
    "следит",
    example="watcher:me",
    help=pgettext_lazy("search help", "watched by me, or by a colleague of this name"),
)
def by_watcher(searcher, value):
    """By me, or by a colleague who watches a ticket this person sees: a foreign name and a wrong one are answered alike."""
    if values.means(value, values.ME):
        return Narrowing(Q(pk__in=_watched_by(searcher.user)), str(searcher.user), leaves_few=True)
    people = values.named(get_user_model().objects.filter(is_staff=True).only("name"), value, lambda row: [row.name])
    found = [person for person in people[:50] if searcher.seen.filter(pk__in=_watched_by(person)).exists()]
    if not found:
        return nothing(_("Nobody called “%(value)s” watches a ticket.") % {"value": value})
    return Narrowing(Q(pk__in=Watch.objects.filter(user__in=found).values("ticket")), listed(found), leaves_few=True)


def _watched_by(person):
    return Watch.objects.filter(user=person).values("ticket")
