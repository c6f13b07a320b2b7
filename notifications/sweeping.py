"""What the clock does: find rows that no worker holds and have them sent. Two clocks, or four workers, do no harm."""

import logging
import random
import time
from collections import Counter

from django.conf import settings
from django.utils import timezone

from notifications import lanes
from notifications.choices import Channel, Reason, State
from notifications.engine import MAX_ATTEMPTS, deliver
from notifications.mail import MailSender
from notifications.models import Delivery

log = logging.getLogger(__name__)

BATCH = 25
# A drain ends after this and asks for another one, so that other work gets its turn.
DRAIN_SECONDS = 10
# So many drains of one channel are asked for at once, when so much waits.
MOST_DRAINS = 4


def sweep():
    """Take back what dead workers held, then ask for drains of the channels where something waits. Two queries when nothing does."""
    release_lapsed()
    waiting = Delivery.objects.overlooked().order_by().values_list("channel", flat=True)[: BATCH * MOST_DRAINS]
    for channel, count in Counter(waiting).items():
        for _number in range(min(MOST_DRAINS, -(-count // BATCH))):
            ask_for_drain(channel)


def ask_for_drain(channel):
    """Put a drain to the workers. One that waits longer than a sweep is forgotten: the next sweep asks again, if need be."""
    from notifications.tasks import drain as task  # a task that calls this module

    task.apply_async(args=[channel], expires=settings.SWEEP_SECONDS)


def release_lapsed():
    """Rows whose lease ended: a mail is tried again under its old Message-ID, an SMS waits for a person's word."""
    if not Delivery.objects.lapsed().exists():
        return
    lapsed = Delivery.objects.lapsed()
    lapsed.filter(channel=Channel.SMS).update(state=State.UNKNOWN, reason=Reason.NO_ANSWER, lease_until=None, secret_context="")
    lapsed.filter(attempts__gte=MAX_ATTEMPTS).update(state=State.FAILED, reason=Reason.UNREACHABLE, lease_until=None, secret_context="")
    released = lapsed.update(state=State.QUEUED, next_try_at=timezone.now(), lease_until=None)
    if released:
        log.warning("%s messages were left behind by a worker and are tried again", released)


def drain(channel):
    """Send a batch of what waits in this channel, over one connection, unless the server is away. Returns how many were tried."""
    ends = time.monotonic() + DRAIN_SECONDS
    pks = list(Delivery.objects.due().filter(channel=channel).order_by("next_try_at").values_list("pk", flat=True)[: BATCH * MOST_DRAINS])
    # Several drains read the same rows; each starts elsewhere.
    random.shuffle(pks)
    tried = 0
    with MailSender() as sender:
        for pk in pks:
            if tried == BATCH or time.monotonic() > ends or lanes.is_resting(channel):
                break
            tried += deliver(pk, sender)
    if tried and len(pks) > tried and not lanes.is_resting(channel):
        ask_for_drain(channel)
    return tried
