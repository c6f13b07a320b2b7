"""Waking workers. The row is the truth: when the broker is away, the clock finds the row, and the page goes on at once."""

import logging
import time

from django.db import transaction

from notifications import tasks

log = logging.getLogger(__name__)

# After the broker failed it is left alone for so long, else every page would wait for its timeout.
REST_SECONDS = 5

_rest = {"until": 0.0}


def wake(pks):
    """When this transaction is committed, tell the workers which rows are new."""
    if pks:
        transaction.on_commit(lambda: hand_over(pks), robust=True)


def hand_over(pks):
    """Put one task per row to the broker. Returns how many it took; never raises."""
    for done, pk in enumerate(pks):
        if time.monotonic() < _rest["until"]:
            return done
        try:
            tasks.deliver.apply_async(args=[pk], retry=False)
        except Exception as error:  # noqa: BLE001  each broker has errors of its own
            _rest["until"] = time.monotonic() + REST_SECONDS
            log.warning("the broker does not answer (%s); the clock will find what waits", type(error).__name__)
            return done
    return len(pks)


def forget():
    """As a process that has just started."""
    _rest["until"] = 0.0
