"""A server that hangs must not hold the workers: after some failures in a row its channel rests for a while, in this process."""

import threading
import time

FAILURES = 3
SHORTEST, LONGEST = 10, 120

_lock = threading.Lock()
_failures = {}
_resting_until = {}


def is_resting(channel):
    return time.monotonic() < _resting_until.get(channel, 0)


def note_failure(channel, *, server_is_away=True):
    """Count a failure of the server; a single recipient's trouble (`server_is_away=False`) is none."""
    with _lock:
        # What was under way when the rest began fails as well; that is no new trouble.
        if not server_is_away or is_resting(channel):
            return
        count = _failures[channel] = _failures.get(channel, 0) + 1
        if count >= FAILURES:
            _resting_until[channel] = time.monotonic() + min(SHORTEST * 2 ** (count - FAILURES), LONGEST)


def note_success(channel):
    with _lock:
        _failures.pop(channel, None)
        _resting_until.pop(channel, None)


def forget():
    """As a process that has just started."""
    with _lock:
        _failures.clear()
        _resting_until.clear()
