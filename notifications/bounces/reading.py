"""What the clock does with bounce mailboxes: read what is new in each, once, and settle the messages that came back.

Nothing in the mailbox is changed, answered or deleted. How far it was read is stored after each mail; reading one twice does no harm.
"""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from notifications.bounces import imap, settling
from notifications.bounces.reports import MOST_BYTES, read
from notifications.models import BounceMailbox

log = logging.getLogger(__name__)

BATCH = 200
LEASE = timedelta(minutes=5)


def read_mailboxes():
    """All of them, each for itself: one that cannot be reached keeps no other one waiting for long. Returns how many reports were known."""
    return sum(map(read_mailbox, BounceMailbox.objects.order_by("pk").values_list("pk", flat=True)))


def read_mailbox(pk):
    """Returns how many reports were about mails of ours. Two workers never read one mailbox at once."""
    now = timezone.now()
    free = BounceMailbox.objects.filter(Q(reading_until=None) | Q(reading_until__lt=now), pk=pk)
    if not free.update(reading_until=now + LEASE):
        return 0
    mailbox = BounceMailbox.objects.select_related("store").get(pk=pk)
    failing_since = mailbox.failing_since
    try:
        with imap.opened(mailbox) as box:
            known = _read_new(mailbox, box)
        failing_since = None
        return known
    except (imap.SignInRefused, *imap.Failures) as error:
        failing_since = failing_since or now
        log.warning("the bounce mailbox of store %s cannot be read: %s", mailbox.store_id, type(error).__name__)
        return 0
    finally:
        done = {"read_at": now} if failing_since is None else {}
        BounceMailbox.objects.filter(pk=pk).update(reading_until=None, failing_since=failing_since, **done)


def _read_new(mailbox, box):
    validity = imap.validity_of(box, mailbox.folder)
    since = None
    if mailbox.uid_validity != validity:
        # The server counts anew: of what it has, only what came lately can be news.
        since = mailbox.read_at - timedelta(days=1) if mailbox.read_at else None
        mailbox.last_uid = 0
    known = 0
    for uid in imap.uids_after(box, mailbox.last_uid, since)[:BATCH]:
        known += _take(mailbox, *imap.fetch(box, uid, MOST_BYTES))
        BounceMailbox.objects.filter(pk=mailbox.pk).update(last_uid=uid, uid_validity=validity)
    return known


def _take(mailbox, raw, came_at):
    """1 when it was about a mail of ours."""
    bounce = read(raw)
    if bounce is None:
        return 0
    delivery = settling.message_of(bounce.message, bounce.message_id, stores=stores_of(mailbox))
    if delivery is None:
        return 0
    if bounce.is_final:
        settling.note_came_back(delivery, bounce.words, is_address_wrong=bounce.is_address_wrong, reported_at=came_at)
    elif bounce.action == "delayed":
        settling.note_delayed(delivery, bounce.words)
    elif bounce.action == "delivered":
        settling.note_delivered(delivery, at=came_at)
    return 1


def stores_of(mailbox):
    """Ids of the stores whose mails may come back here; None for those of every store."""
    return None if mailbox.store.is_default else [mailbox.store_id]
