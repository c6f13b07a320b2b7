"""Where a mail stands in its conversation, so that mail programs keep all of a ticket together.

They go by two things: what a mail refers to (Gmail, Outlook, Thunderbird), and whether its subject is the one the conversation began
with (Gmail, Outlook). So the first mail a person gets about a ticket sets the subject, and later ones repeat it; what is new stands in
their first lines, which programs show beside it. Words of the owner's for a subject are sent as they are.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language_info

from notifications.choices import Channel, State, Template
from notifications.models import Delivery

#: References grow no longer than this; the root is always among them.
MOST_REFERENCES = 10
#: What the customer reads as one conversation. A question about our help, or news for staff, has a subject of its own.
CONVERSATION = {Template.THANKS, Template.OPENED_FOR_YOU, Template.REPLY, Template.CLOSED, Template.MERGED}
_ARRIVED = [State.SENT, State.DELIVERED, State.UNKNOWN]


@dataclass(frozen=True)
class Thread:
    """`earlier`: the Message-IDs this person got before, oldest first. `subject`: the line it began with, empty at its beginning."""

    root: str = ""
    earlier: tuple = ()
    subject: str = ""

    @property
    def headers(self):
        """Empty for what belongs to no ticket."""
        if not self.root:
            return {}
        headers = {"References": " ".join((self.root, *self.earlier))}
        return headers | {"In-Reply-To": self.earlier[-1]} if self.earlier else headers


def thread_of(delivery) -> Thread:
    """One query, however long the ticket is. A mail by which the person wrote to us belongs among `earlier` too, once mails come in."""
    if delivery.ticket is None:
        return Thread()
    got = Delivery.objects.filter(ticket=delivery.ticket_id, address=delivery.address, channel=Channel.MAIL, state__in=_ARRIVED)
    rows = list(got.exclude(pk=delivery.pk).order_by("-sent_at", "-pk").values_list("message_id", "thread_subject")[: MOST_REFERENCES - 1])
    subject = next((subject for _id, subject in rows if subject), "")
    return Thread(thread_id(delivery.ticket), tuple(message_id for message_id, _subject in reversed(rows)), subject)


def continued(subject, language):
    """The subject of a later mail. Right to left no “Re:” stands in front of it: it would turn the line's direction around."""
    return subject if not subject or get_language_info(language)["bidi"] else f"Re: {subject}"


def thread_id(ticket):
    """What all mails about a ticket refer to, so that they stand together. Not to be guessed from the number."""
    mark = salted_hmac("notifications.thread", ticket.number).hexdigest()[:20]
    return f"<ticket.{ticket.number}.{mark}@{settings.MESSAGE_ID_HOST}>"
