"""People in copy of a ticket hear the answers too: by e-mail, each in a mail of their own, without a way in.

They get the product's words, never the owner's own, which speak to the customer and lead to the customer's page.
"""

from notifications.choices import Audience, Channel, Template
from notifications.models import Delivery, EventText
from notifications.services import _write
from notifications.ways import addresses_of, ways_of

KEY = "copy:"


def tell_copies_of_reply(event):
    """Where the owner sends answers by e-mail with their words; a mail that only led to the customer's page would lead a copy nowhere.

    Who answered, and the customer, do not hear it a second time because their address is in copy.
    """
    ticket = event.ticket
    if Channel.MAIL not in ways_of(Template.REPLY, Audience.COPIES, store=ticket.store_id, department=ticket.department_id):
        return []
    copies = list(ticket.copies.running().order_by("pk"))
    told = {address.casefold() for address in (_address_of(event.actor), addresses_of(ticket.customer).get(Channel.MAIL)) if address}
    copies = [copy for copy in copies if copy.email.casefold() not in told]
    if not copies or not _carries_answers(ticket.store_id):
        return []
    return _write(
        Delivery(
            template=Template.REPLY, channel=Channel.MAIL, store=ticket.store, ticket=ticket, event=event, address=copy.email,
            recipient_key=f"{KEY}{copy.pk}", language=ticket.language, context={"copy": copy.pk, "copy_name": copy.name if copy.has_name else ""},
        )
        for copy in copies
    )  # fmt: skip


def _address_of(actor):
    return actor.email if actor else ""


def _carries_answers(store_id):
    own = EventText.objects.filter(store=store_id, template=Template.REPLY).values_list("carries_answer", flat=True).first()
    return own is not False
