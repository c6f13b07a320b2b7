"""Which messages an owner reads, and how: addresses of customers as far as they may know them, words of tickets they may see."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils.functional import cached_property

from common.errors import DeskError
from common.moments import current_reader
from common.numbers import ascii_digits
from common.phones import parse_phone
from customers.names import customer_words
from notifications.choices import Channel, Template
from notifications.fates import ABOUT_MESSAGES, reason_words
from notifications.models import Delivery
from notifications.story import shown_address
from permissions.querysets import people_of_store, stores_where
from permissions.rights import StoreRight
from tickets.models import Ticket

ICONS = {Channel.MAIL: "envelope", Channel.SMS: "phone", Channel.IN_APP: "bell", Channel.PUSH: "phone"}


def messages_in(asked, store, reader):
    """The messages of this store that were asked for, in no order yet."""
    rows = Delivery.objects.filter(store=store)
    if asked.states:
        rows = rows.filter(state__in=asked.states)
    for name, value in (("channel", asked.channel), ("template", asked.about), ("reason", asked.reason), ("through", asked.through)):
        if value:
            rows = rows.filter(**{name: value})
    if asked.since.day:
        rows = rows.filter(created_at__gte=_midnight(asked.since.day))
    if asked.until.day:
        rows = rows.filter(created_at__lt=_midnight(asked.until.day + timedelta(days=1)))
    return _with_words(rows, asked.words, store, reader) if asked.words else rows


def _midnight(day):
    return datetime.combine(day, time.min, current_reader().zone)


def _with_words(rows, words, store, reader):
    """An address, a number or the number of a ticket, whole. Who may not know customers finds staff by it, and tickets they see."""
    number = ascii_digits(words).lstrip("#").upper()
    tickets = Ticket.objects.visible_to(reader).filter(number=number).values("pk")
    addresses = {words, words.lower()}
    try:
        addresses.add(parse_phone(words, store.phone_region))
    except DeskError:
        pass
    to = Q(address__in=addresses) & ~Q(address="")
    if not knows_customers(reader, store):
        to &= Q(user__isnull=False)
    return rows.filter(to | Q(ticket__in=tickets))


def knows_customers(reader, store):
    return stores_where(reader, StoreRight.VIEW_CUSTOMERS).filter(pk=store.pk).exists()


@dataclass
class Told:
    """A message before one reader. `ticket`: the one it is about, if this reader may see it."""

    message: Delivery
    reader: object
    knows: bool
    ticket: Ticket | None = None

    @property
    def icon(self):
        return ICONS[self.message.channel]

    @property
    def about(self):
        return Template(self.message.template).label

    @property
    def why(self):
        return reason_words(self.message.reason)

    @property
    def person(self):
        """Who it is for, in words; empty for an address of which nobody knows whose it is."""
        message = self.message
        if message.user_id:
            return str(message.user)
        return customer_words(message.customer, self.knows) if message.customer_id else ""

    @property
    def address(self):
        return shown_address(self.message, is_open=self.knows or bool(self.message.user_id))

    @cached_property
    def may_read_words(self):
        """Whether this reader may know what it says: of a ticket they see; of what belongs to none, what goes to no colleague alone."""
        message = self.message
        if message.ticket_id:
            return self.ticket is not None
        if message.template == Template.EMERGENCY:
            return people_of_store(StoreRight.GRANT_RIGHTS, message.store).filter(pk=self.reader.pk).exists()
        return message.user_id is None or message.template in ABOUT_MESSAGES


def told(rows, reader, store):
    """[Told] of these messages: two queries, however many they are."""
    rows = list(rows)
    knows = knows_customers(reader, store)
    tickets = Ticket.objects.visible_to(reader).in_bulk({row.ticket_id for row in rows if row.ticket_id})
    return [Told(row, reader, knows, tickets.get(row.ticket_id)) for row in rows]
