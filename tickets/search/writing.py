"""Keeping what tickets are found by in step with them, in the transaction of each change.

Words that tell who the customer is stand apart, parted by the mask that covers them for reading: searching tells no more than reading.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import F

from common.fulltext.cutting import GAP, indexed
from custom_fields.kinds import kind_of
from custom_fields.models import CustomerAccess, FieldKind
from customers.masking import Mask
from customers.models import Customer
from tickets.choices import MessageKind
from tickets.models import Attachment, ChecklistItem, FieldValue, Message, Ticket
from tickets.search.index import NAMES, NOTED, NOTES, TICKETS, TITLE, WORDS, ZONES

BATCH = 200


class _Document:
    """The pieces of one ticket's document, or of what is to be put behind it."""

    def __init__(self, ticket):
        self._mask = Mask.of(ticket.customer, region=ticket.store.phone_region)
        self._pieces = defaultdict(list)

    def add(self, text, zone, names, writer=None):
        """This text, parted into what everybody may find who looks in the zone, and what tells who the customer is. `writer`: a member of
        the customer's organisation who wrote it in their place, and is told by it as well."""
        kept, telling = self._mask.parted(str(text or ""))
        if writer is not None:
            kept, more = Mask.of(writer).parted(kept)
            telling = f"{telling} {more}"
        self._put(zone, kept)
        self._put(names, telling)

    def add_title(self, ticket):
        self._put(TITLE, ticket.number)
        self.add(ticket.subject, TITLE, NAMES)

    def add_customer(self, customer):
        self._put(NAMES, f"{customer.name} {customer.company}")
        self._put(NAMES, f"{customer.email} {customer.phone}")

    def add_message(self, kind, text, writer=None):
        self.add(text, *_zones_of(kind), writer)

    def add_file(self, kind, name):
        """Who may not know the customer reads no name of a customer's file, and none of staff that tells of them."""
        zone, names = _zones_of(kind)
        hides = kind == MessageKind.CUSTOMER or self._mask.text(name) != name
        self._put(names if hides else zone, name)

    def _put(self, zone, text):
        if words := indexed(text):
            self._pieces[zone].append(words)

    @property
    def zones(self):
        return {zone: f" {GAP} ".join(pieces) for zone, pieces in self._pieces.items()}

    def row(self, ticket):
        zones = self.zones
        return ticket.pk, ticket.department_id, [zones.get(zone, "") for zone in ZONES]


def _zones_of(kind):
    return (NOTES, NOTED) if kind == MessageKind.NOTE else (WORDS, NAMES)


def begin(ticket, message, file_names=()):
    """The document of a ticket that was opened a moment ago with this message."""
    document = _Document(ticket)
    document.add_title(ticket)
    document.add_customer(ticket.customer)
    _say(document, message, file_names)
    TICKETS.load([document.row(ticket)])


def append_message(ticket, message, file_names=()):
    """Let the ticket be found by what was said a moment ago."""
    document = _Document(ticket)
    _say(document, message, file_names)
    _append(ticket, document)


def _say(document, message, file_names):
    is_colleague = message.customer_id not in {None, message.ticket.customer_id}
    document.add_message(message.kind, message.body_text, message.customer if is_colleague else None)
    for name in file_names:
        document.add_file(message.kind, name)


def append_items(ticket, names):
    """Let staff find it by what stands on its checklist."""
    document = _Document(ticket)
    for name in names:
        document.add_message(MessageKind.NOTE, name)
    _append(ticket, document)


def append_values(ticket, fields):
    """Let it be found by what stands in these fields now."""
    document = _Document(ticket)
    for words in _words_of_values([ticket.pk], fields)[ticket.pk]:
        document.add(words, WORDS, NAMES)
    _append(ticket, document)


def _append(ticket, document):
    if not TICKETS.append(ticket.pk, document.zones):
        write(ticket)


def change_place(ticket):
    """It lies in another department now."""
    TICKETS.change_place(ticket.pk, ticket.department_id)


def write(ticket):
    """The whole document anew, as the tables have it, after something was moved, changed or taken away."""
    write_all([ticket.pk])


def write_all(pks):
    """The same for many. Whoever changes what is said in one of them meanwhile has to wait (they are locked)."""
    with transaction.atomic():
        list(Ticket.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
        TICKETS.write(rows_of(Ticket.objects.filter(pk__in=pks)))


@transaction.atomic
def rename(customer):
    """The customer goes by another name or address now: what tells who they are is parted from the rest anew. None: nobody does."""
    if customer is None:
        return
    pks = list(Ticket.objects.filter(customer=customer).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        write_all(pks[start : start + BATCH])


def load(rows):
    """Documents of many tickets that have none yet: (ticket id, department id, title, words, notes, names), each as a token string."""
    TICKETS.load((pk, place, [title, words, notes, names, ""]) for pk, place, title, words, notes, names in rows)


without_index = TICKETS.without_index


def rows_of(tickets):
    """What the index is given of these tickets, read by few queries."""
    tickets = {ticket.pk: ticket for ticket in tickets.select_related("customer", "store").order_by("pk")}
    documents = {pk: _Document(ticket) for pk, ticket in tickets.items()}
    for pk, ticket in tickets.items():
        documents[pk].add_title(ticket)
        documents[pk].add_customer(ticket.customer)
    said = Message.objects.filter(ticket__in=tickets).order_by("created_at", "pk")
    by_others = said.exclude(customer=None).exclude(customer=F("ticket__customer")).order_by()
    colleagues = Customer.objects.in_bulk(by_others.values_list("customer", flat=True))
    for pk, kind, text, writer in said.values_list("ticket", "kind", "body_text", "customer").iterator():
        documents[pk].add_message(kind, text, colleagues.get(writer) if writer != tickets[pk].customer_id else None)
    files = Attachment.objects.said().filter(message__ticket__in=tickets).order_by("created_at", "pk")
    for pk, kind, name in files.values_list("message__ticket", "message__kind", "name"):
        documents[pk].add_file(kind, name)
    for pk, name in ChecklistItem.objects.filter(ticket__in=tickets).order_by("pk").values_list("ticket", "name"):
        documents[pk].add_message(MessageKind.NOTE, name)
    for pk, values in _words_of_values(list(tickets)).items():
        for words in values:
            documents[pk].add(words, WORDS, NAMES)
    return [documents[pk].row(ticket) for pk, ticket in tickets.items()]


def _words_of_values(pks, fields=None):
    """What stands in these fields (None: in all), as far as everybody who finds the ticket may know it: customers search too, and all teams."""
    rows = FieldValue.objects.filter(ticket__in=pks, field__viewers=None)
    rows = rows.exclude(field__kind=FieldKind.SECRET).exclude(field__customer_access=CustomerAccess.NONE)
    rows = rows if fields is None else rows.filter(field__in=fields)
    by_field = defaultdict(list)
    for row in rows.defer("secret").select_related("field").order_by("pk"):
        by_field[row.ticket_id, row.field].append(row)
    words = defaultdict(list)
    for (pk, field), values in by_field.items():
        words[pk].append(str(kind_of(field).found_by(field, kind_of(field).read(values))))
    return words
