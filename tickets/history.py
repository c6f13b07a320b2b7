"""One line of history, and how it is announced.

`record` writes the line and calls, in the same transaction, the reactions that settings.TICKET_REACTIONS lists for its kind.
A reaction only writes rows (a delivery to make, a survey to send); workers are woken on commit. So what must follow from a
change is stored together with the change, and a silent gateway or a dead broker delays it but never loses it.
A reaction that fails is undone alone and logged; the event stays unannounced and the clock tries again, so reactions must be
safe to run twice.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from common import bus
from common.storing import store
from tickets.models.event import TicketEvent

log = logging.getLogger(__name__)


def record(ticket, kind, *, by=None, by_customer=False, message=None, **details):
    """Write what happened and let those who listen write their rows. Call it last, inside the service's transaction."""
    event = TicketEvent(ticket=ticket, kind=kind, actor=by, by_customer=by_customer, message=message, details=details)
    event.announced_at = event.created_at  # in the same transaction; taken back where a reaction fails
    store(event)
    if not _call(event):
        event.announced_at = None
        event.save(update_fields=["announced_at"])
    bus.wake()
    return event


def announce(event):
    """Call every reaction to this event. True when all of them did their part."""
    complete = _call(event)
    if complete:
        event.announced_at = timezone.now()
        event.save(update_fields=["announced_at"])
    return complete


def _call(event):
    """All reactions under one savepoint, which is what they nearly always need; where one fails, each anew under one of its own."""
    reactions = _reactions_to(event.kind)
    if not reactions:
        return True
    event.memory.clear()
    try:
        with transaction.atomic():
            for reaction in reactions:
                reaction(event)
        return True
    except Exception:  # noqa: BLE001  the second round says which one it was
        log.info("a reaction to event %s failed; each is called anew", event.pk)
    return _call_one_by_one(event, reactions)


def _call_one_by_one(event, reactions):
    complete = True
    event.memory.clear()
    for reaction in reactions:
        try:
            with transaction.atomic():
                reaction(event)
        except Exception:
            log.exception("reaction %s to event %s failed; the clock tries again", reaction.__name__, event.pk)
            complete = False
    return complete


def _reactions_to(kind):
    return import_string(settings.TICKET_REACTIONS).get(kind, [])


def announce_missed(*, older_than=timedelta(minutes=1), limit=200):
    """Announce events whose reactions failed before. Returns how many are now complete."""
    missed = TicketEvent.objects.filter(announced_at=None, created_at__lt=timezone.now() - older_than)
    done = 0
    for event in missed.select_related("ticket").order_by("created_at")[:limit]:
        with transaction.atomic():
            done += announce(event)
    return done
