"""Waking a worker. The row is the truth: what a lost wake-up left behind, the clock finds (exports/sweeping.py)."""

import logging

from django.db import transaction

log = logging.getLogger(__name__)


def wake(pk):
    """When this transaction is committed, tell the workers."""
    transaction.on_commit(lambda: _hand_over(pk), robust=True)


def _hand_over(pk):
    from exports.tasks import write  # a task that calls the module that calls this one

    try:
        write.apply_async(args=[str(pk)], retry=False)
    except Exception as error:  # noqa: BLE001  each broker has errors of its own
        log.warning("the broker does not answer (%s); the clock will find the export", type(error).__name__)
