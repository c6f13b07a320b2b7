"""What the clock does: find rows that no worker holds and have them sent. Two clocks, or four workers, do no harm."""

import logging
import random
import time
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications import lanes
from notifications.choices import Channel, Reason, State, Urgency
from notifications.engine import deliver, deliver_at_once, lane_of
from notifications.ledger import record
from notifications.models import Delivery
from notifications.pauses import MAX_ATTEMPTS

log = logging.getLogger(__name__)

BATCH = 25
# A drain ends after this and asks for another one, so that other work gets its turn.
DRAIN_SECONDS = 10
# So many drains of one channel are asked for at once, when so much waits.
MOST_DRAINS = 4


def sweep():
    """Take back what dead workers held, then ask for drains of the channels where something waits. Four queries when nothing does."""
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
    _end(lapsed.filter(channel=Channel.SMS), State.UNKNOWN, Reason.NO_ANSWER)
    _end(lapsed.filter(attempts__gte=MAX_ATTEMPTS), State.FAILED, Reason.UNREACHABLE)
    released = lapsed.update(state=State.QUEUED, next_try_at=timezone.now(), lease_until=None)
    if released:
        log.warning("%s messages were left behind by a worker and are tried again", released)


def _end(lapsed, state, reason):
    """Give these up, one by one: each has a story, and somebody who hears of its end."""
    for delivery in lapsed.for_sending():
        with transaction.atomic():
            ours = Delivery.objects.lapsed().filter(pk=delivery.pk)
            if ours.update(state=state, reason=reason, lease_until=None, secret_context=""):
                record(delivery, state, reason=reason)


def drain(channel):
    """Send a batch of what waits in this channel, the urgent first, past servers that are away. Returns how many were tried."""
    ends = time.monotonic() + DRAIN_SECONDS
    tried, is_left = 0, False
    for urgency, pk, store in _waiting_in(channel):
        if lanes.is_resting(lane_of(channel, store)):
            continue
        if tried == BATCH or time.monotonic() > ends:
            is_left = True
            break
        if urgency != Urgency.AT_ONCE:
            deliver_at_once()
        tried += deliver(pk)
    if tried and is_left:
        ask_for_drain(channel)
    return tried


def _waiting_in(channel):
    """[(urgency, row, store), …] in the order they should leave. Several drains read the same rows; each starts elsewhere among equals."""
    rows = Delivery.objects.due().filter(channel=channel).order_by("urgency", "next_try_at").values_list("urgency", "pk", "store")
    rows = list(rows[: BATCH * MOST_DRAINS])
    random.shuffle(rows)
    rows.sort(key=lambda row: row[0])
    return rows
