"""Who hears a text of an action. The same answer serves the sending and the rehearsal, so that they cannot differ."""

import hashlib
from dataclasses import dataclass
from typing import Any

from common.text import clean_line
from notifications.choices import Channel, Recipient
from notifications.ways import addresses_of
from notifications.wishes import wishes_of
from tickets.audience import people_who_see


@dataclass(frozen=True)
class Told:
    """One who hears of it: a member of staff, the customer, or an address of which we know nothing."""

    user: Any = None
    customer: Any = None
    address: str = ""

    def __str__(self):
        return str(self.user or self.customer or self.address)

    @property
    def key(self):
        """One key per person, in whatever role they are named."""
        if self.user:
            return f"user:{self.user.pk}"
        return f"customer:{self.customer.pk}" if self.customer else f"address:{hashlib.sha256(self.address.encode()).hexdigest()[:16]}"

    @property
    def _account(self):
        return self.user or self.customer.user if self.user or self.customer else None

    def language(self, store):
        """The language they read; an address reads the store's own."""
        own = (self._account.language if self._account else "") or (self.customer.language if self.customer else "")
        return own or store.language

    @property
    def ways(self):
        """{channel: address} of every way that reaches them; of a customer those they chose."""
        account, customer = self._account, self.customer
        if customer:
            reaching = addresses_of(customer)
            wanted = wishes_of(customer).ways & reaching.keys() or reaching.keys()
            return {way: address for way, address in reaching.items() if way in wanted}
        mail, phone = self.address or (account.email if account else ""), account.phone if account else ""
        return {channel: way for channel, way in ((Channel.MAIL, mail), (Channel.SMS, phone)) if way}


def recipients_of(message, ticket, event):
    """[Told]: whom this message of an action reaches, as the ticket stands once the action is done. Each once; staff only if they see it.

    `event` needs `actor` and `by_customer`. Nothing has to be stored: a message of a draft and a planned ticket do as well.
    Nobody hears of their own doing, whatever role they have, unless the text is for whoever did it.
    """
    if message.recipient == Recipient.ADDRESS:
        return [Told(address=clean_line(message.address, 254))] if message.address else []
    if message.recipient == Recipient.CUSTOMER or message.recipient == Recipient.DOER and event.by_customer:
        is_own = not event.by_customer and event.actor and event.actor.pk == ticket.customer.user_id
        return [] if is_own else [Told(customer=ticket.customer)]
    doer = None if message.recipient == Recipient.DOER else _doer(event)
    people = [person for person in _STAFF[message.recipient](ticket, event) if person and person.pk != doer]
    seeing = {person.pk: person for person in people_who_see(ticket).filter(pk__in={person.pk for person in people})} if people else {}
    return [Told(user=seeing[pk]) for pk in dict.fromkeys(person.pk for person in people) if pk in seeing]


def _team(ticket, event):
    return list(ticket.team.user_set.all()) if ticket.team else []


def _watchers(ticket, event):
    return [watch.user for watch in ticket.watches.select_related("user")]


def _doer(event):
    return event.actor.pk if event.actor and not event.by_customer else None


_STAFF = {
    Recipient.ASSIGNEE: lambda ticket, event: [ticket.assignee],
    Recipient.RESPONSIBLE: lambda ticket, event: [ticket.department.responsible],
    Recipient.DOER: lambda ticket, event: [event.actor],
    Recipient.TEAM: _team,
    Recipient.WATCHERS: _watchers,
}
