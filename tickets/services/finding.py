"""What a search finds a ticket by. Words that tell who the customer is stand apart: not everybody finds by them."""

from django.db import transaction

from common.normaliser import normalise
from custom_fields.kinds import kind_of
from custom_fields.models import CustomerAccess, FieldKind
from customers.masking import Mask
from tickets.models import FieldValue, Ticket

# What stays findable in one ticket: the start of each message, up to this many characters in all.
SEARCH_LIMIT = 20_000
NAMES_LIMIT = 4_000


def make_findable(ticket, text):
    """Let a search find the ticket by these words too, while it has room for them (not saved)."""
    _keep(ticket, Mask.of(ticket.customer, region=ticket.store.phone_region), text)


def words_of_values(ticket, fields=None):
    """What stands in these fields (None: in all), as far as everybody who finds the ticket may know it: customers search too, and all teams."""
    rows = (
        FieldValue.objects.filter(ticket=ticket).exclude(field__kind=FieldKind.SECRET).exclude(field__customer_access=CustomerAccess.NONE)
    )
    rows = rows if fields is None else rows.filter(field__in=fields)
    by_field = {}
    for row in rows.filter(field__viewers=None).defer("secret").select_related("field").order_by("pk"):
        by_field.setdefault(row.field, []).append(row)
    return " ".join(str(kind_of(field).found_by(field, kind_of(field).read(rows))) for field, rows in by_field.items())


def name_for_search(ticket):
    """Let those who may know the customer find the ticket by name, company and addresses (not saved)."""
    customer = ticket.customer
    known = normalise(f"{customer.name} {customer.email} {customer.phone} {customer.company}")
    ticket.search_names = f"{known} {ticket.search_names}"[:NAMES_LIMIT]


@transaction.atomic
def find_by_new_name(customer):
    """The customer goes by another name or address now: what tells who they are is parted from the rest anew. None: nobody does."""
    if customer is None:
        return
    tickets = Ticket.objects.filter(customer=customer).select_related("store", "customer").order_by("pk")
    for ticket in tickets.select_for_update(of=("self",)).iterator(chunk_size=200):
        words, names = ticket.search_text, ticket.search_names
        ticket.search_text = ticket.search_names = ""
        mask = Mask.of(ticket.customer, region=ticket.store.phone_region)
        _keep(ticket, mask, words)
        ticket.search_names = f"{ticket.search_names} {names}"
        name_for_search(ticket)
        ticket.save(update_fields=["search_text", "search_names"])


def _keep(ticket, mask, text):
    kept, telling = mask.parted(text)
    ticket.search_text = f"{ticket.search_text} {normalise(kept)}"[:SEARCH_LIMIT]
    ticket.search_names = f"{ticket.search_names} {normalise(telling)}"[:NAMES_LIMIT]
