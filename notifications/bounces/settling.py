"""What follows when somebody outside says what became of a mail: the message knows its fate, and the address its state.

The same news may come twice, late, and from two sides. Each call changes only what it is right about: a message that came back never
counts as delivered, and an old report says nothing about a message that was sent again after it.
"""

from datetime import timedelta

from django.db import transaction

from common.text import clean_line
from notifications import addresses
from notifications.choices import Channel, Reason, State
from notifications.ledger import report
from notifications.models import Delivery

# Clocks of others differ from ours.
SLACK = timedelta(minutes=5)


def message_of(pk=None, message_id="", stores=None):
    """The mail that a report is about, by its signed word or its Message-ID; None without one. `stores`: only of these."""
    known = {"pk": pk} if pk else {"message_id": message_id} if message_id else None
    if known is None:
        return None
    mails = Delivery.objects.filter(channel=Channel.MAIL, **known).select_related("store")
    return (mails if stores is None else mails.filter(store__in=stores)).first()


@transaction.atomic
def note_delivered(delivery, *, at=None):
    """The receiving side took it for good."""
    if delivery.state != State.FAILED and report(delivery, State.DELIVERED, at=at) and delivery.store:
        addresses.note_arrival(delivery.address, delivery.store)


@transaction.atomic
def note_came_back(delivery, words, *, is_address_wrong, reported_at=None):
    """It will never arrive. True when this was news. One that waits for another attempt is left to what is now known of its address."""
    words = clean_line(words, 200)
    if reported_at and delivery.sent_at and delivery.sent_at > reported_at + SLACK:
        return False
    # A server that took it may find out later that nobody is there.
    Delivery.objects.filter(pk=delivery.pk, state=State.DELIVERED).update(state=State.SENT, delivered_at=None)
    is_news = report(delivery, State.FAILED, reason=Reason.BAD_ADDRESS if is_address_wrong else Reason.REFUSED, remark=words)
    if not is_news and delivery.state != State.QUEUED:
        return False
    if delivery.address and delivery.store:
        mark = addresses.note_bounce if is_address_wrong else addresses.note_soft_bounce
        mark(delivery.address, delivery.store, words)
    return True


def note_delayed(delivery, words):
    """The receiving side asks to come later, and the mail server goes on trying."""
    Delivery.objects.filter(pk=delivery.pk, state=State.SENT).update(reason=Reason.BUSY, remark=clean_line(words, 200))


@transaction.atomic
def note_complaint(delivery):
    """It arrived, and its reader called it unwanted."""
    if delivery.state != State.FAILED:
        report(delivery, State.DELIVERED)
    if delivery.address and delivery.store:
        addresses.note_complaint(delivery.address, delivery.store)
