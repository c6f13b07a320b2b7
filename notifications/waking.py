"""Waking workers. The row is the truth: when the broker is away, the clock finds the row, and the page goes on at once."""

import logging

from django.conf import settings
from django.db import transaction

from common.resting import let_rest, rests
from notifications import tasks

log = logging.getLogger(__name__)


def wake(pks):
    """When this transaction is committed, tell the workers which rows are new."""
    if pks:
        transaction.on_commit(lambda: hand_over(pks), robust=True)


def wake_for(event):
    """When this transaction is committed, tell the workers once that there is something to send about its events (ids).

    The page does not look up which rows those are: a worker does.
    """
    connection = transaction.get_connection()
    waking = getattr(connection, "waking", None)
    # One of a transaction, or a part of it, that was undone waits for nothing any more.
    if not any(waits[1] is waking for waits in connection.run_on_commit):
        waking = connection.waking = _Waking()
        waking.events.add(event)
        transaction.on_commit(waking, robust=True)
    waking.events.add(event)


class _Waking:
    """What one transaction will tell the workers, called at its commit."""

    def __init__(self):
        self.events = set()

    def __call__(self):
        _put(tasks.deliver_told, sorted(self.events))


def hand_over(pks):
    """Put one task per row to the broker. Returns how many it took; never raises."""
    for done, pk in enumerate(pks):
        if not _put(tasks.deliver, pk):
            return done
    return len(pks)


def _put(task, argument):
    """Whether the broker took the task; never raises."""
    if rests(settings.CELERY_BROKER_URL):
        return False
    try:
        task.apply_async(args=[argument], retry=False)
    except Exception as error:  # noqa: BLE001  each broker has errors of its own
        let_rest(settings.CELERY_BROKER_URL)
        log.warning("the broker does not answer (%s); the clock will find what waits", type(error).__name__)
        return False
    return True
