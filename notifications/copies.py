"""People in copy of a ticket hear the answers too: by e-mail, each in a mail of their own, without a way in.

They get the product's words, never the owner's own, which speak to the customer and lead to the customer's page.
"""

from notifications.choices import Channel, Template
from notifications.models import Delivery, EventText
from notifications.services import _write, ways_of

KEY = "copy:"


def tell_copies_of_reply(event):
    """Where the owner sends answers by e-mail with their words; a mail that only led to the customer's page would lead a copy nowhere."""
    ticket = event.ticket
    copies = list(ticket.copies.running().order_by("pk"))
    if not copies or Channel.MAIL not in ways_of(Template.REPLY, ticket.store_id) or not _carries_answers(ticket.store_id):
        return []
    return _write(
        Delivery(
            template=Template.REPLY, channel=Channel.MAIL, store=ticket.store, ticket=ticket, event=event, address=copy.email,
            recipient_key=f"{KEY}{copy.pk}", language=ticket.language, context={"copy": copy.pk, "copy_name": copy.name if copy.has_name else ""},
        )
        for copy in copies
    )  # fmt: skip


def _carries_answers(store_id):
    own = EventText.objects.filter(store=store_id, template=Template.REPLY).values_list("carries_answer", flat=True).first()
    return own is not False
