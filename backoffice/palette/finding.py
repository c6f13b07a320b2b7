"""What the palette finds for what was typed: at most so many rows, of tickets, customers and pages, each within the reader's rights.

Plain words cost five queries besides the session, the person and the mark of what is kept: what they see, and of tickets and of
customers the last id and those that hold the words. A whole number costs two.
"""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.palette.places import desk_places
from backoffice.palette.rows import Row, fitting
from backoffice.tickets.lists import Choice
from backoffice.tickets.searching import everywhere
from common.fulltext.wanted import Wanted
from common.normaliser import normalise, tokens
from common.numbers import local_digits
from common.templatetags.formats import isolate
from customers.finding import matching
from customers.models import Customer
from permissions.rights import StoreRight
from tickets.covering import cover_ticket, known_stores
from tickets.models import Ticket
from tickets.numbering import spellings_of
from tickets.search.finding import NEWEST, holding
from tickets.search.index import TICKETS as TICKETS_INDEX

ROWS = 7
TICKETS, CUSTOMERS, PLACES = 4, 2, 3
#: One letter begins too many words to mean one of them.
SHORTEST = 2
#: What is longer was pasted.
LIMIT = 200
#: So many of the newest tickets are looked through; what is older is found by the search, to which the last row leads.
REACH = NEWEST * 8


def rows_for(words, sight):
    """The rows for plain words; without any, where one goes most."""
    typed = tokens(words)
    places = all_places(sight)
    if not typed:
        return [place.row for place in places[:ROWS]]
    tickets, customers, known = [], [], known_stores(sight)
    if any(len(word) >= SHORTEST for word in typed):
        tickets = find_tickets(words, sight, known)
        customers = [] if any(row.is_exact for row in tickets) else find_customers(words, sight, known)
    pages = [place.row for place in fitting(typed, places)[:PLACES]]
    search = Row(
        "search",
        _("Search all tickets for “%(words)s”") % {"words": isolate(words)},
        url=reverse("backoffice:inbox") + Choice(view="all", words=words).query,
    )
    exact = [row for row in tickets if row.is_exact]
    others = [row for row in tickets if not row.is_exact]
    # A number means its ticket; a word that names a page rather means the page, since tickets hold many words.
    found = [row.row for row in exact] + pages + customers + [row.row for row in others]
    return [*found[: ROWS - 1], search]


def all_places(sight):
    """Pages of the desk, then those the roof names: the settings."""
    return desk_places(sight) + import_string(settings.PALETTE_PLACES)(sight)


class FoundTicket:
    def __init__(self, ticket, *, is_exact):
        self.is_exact = is_exact
        number = local_digits(ticket.number)
        about = [number, str(ticket.customer), str(ticket.status)]
        self.row = Row(
            "ticket-perforated",
            ticket.subject,
            " · ".join(isolate(part) for part in about if part),
            reverse("backoffice:ticket", args=[ticket.number]) + "#end",
        )


def find_tickets(words, sight, known):
    """By the whole number, by a word in what is said or, where the reader may know them, in customers' names. One query."""
    visible = Ticket.objects.visible_to(sight).select_related("status", "customer__user")
    found = _by_number(words, visible)
    if exact := bool(found):
        pass
    elif wanted := Wanted.of(words):
        newest = TICKETS_INDEX.last_pk() or 0
        where = {"known_stores": everywhere(known), "low": max(0, newest + 1 - REACH), "high": newest + 1}
        sees_part = not sight.sees_everything and sight.shared is not None
        where |= {"places": sight.departments if sees_part else None, "besides": sight.shared if sees_part else ()}
        found = list(visible.filter(holding(wanted, **where), pk__gte=where["low"]).order_by("-pk")[:TICKETS])
    rows = []
    for ticket in found:
        cover_ticket(ticket, known.mask(ticket))
        rows.append(FoundTicket(ticket, is_exact=exact))
    return rows


def _by_number(words, visible):
    """Whose number this is. Not asked where nothing typed is like a number."""
    typed = normalise(words).split()
    spelled = sorted({number for each in typed if any(sign.isdigit() for sign in each) for number in spellings_of(each.strip("#"))})
    return list(visible.filter(number__in=spelled).order_by("-pk")[:TICKETS]) if spelled else []


def find_customers(words, sight, known):
    """By name, company or address, of the stores whose customers this person may know. One query, or none."""
    if not known or not sight.places_with(StoreRight.VIEW_CUSTOMERS):
        return []
    people = Customer.objects.all()
    if known != frozenset(sight.regions):
        theirs = Ticket.objects.filter(customer=OuterRef("pk"))
        people = people.filter(Exists(theirs.filter(store__in=sorted(known))) | ~Exists(theirs))
    found = matching(people, words).order_by("-pk")[:CUSTOMERS]
    where = pgettext("where something is found", "Customer")
    return [
        Row(
            "person",
            str(person),
            " · ".join(isolate(part) for part in (where, person.company) if part),
            reverse("backoffice:customer", args=[person.pk]),
        )
        for person in found
    ]


def help_rows():
    """What can be typed here."""
    return [
        Row("ticket-perforated", _("A number leads to its ticket"), _("for example 4821")),
        Row("people", _("A name, a phone number or an address finds customers and their tickets")),
        Row("gear", _("The name of a list or of a setting leads there")),
        Row("lightning", _("> and a word does something to the ticket you are on"), _("for example > close")),
        Row("question-circle", _("All keys"), url=reverse("backoffice:keys")),
    ]
