"""A server that hangs must not hold the workers: after some failures in a row its lane rests for a while, in this process.

A lane is a word for the server behind a message: “mail:3” for the mail account 3, “sms:7” for the gateway 7, “mail:0” for the environment's.
After its rest one message tries the lane alone; the others follow when that one arrived. None is a lane that never rests.
"""

import threading
import time
from contextlib import contextmanager

FAILURES = 3
SHORTEST, LONGEST = 10, 120

_lock = threading.Lock()
_failures = {}
_resting_until = {}
_tried_by_one = set()


def is_resting(lane):
    return time.monotonic() < _resting_until.get(lane, 0)


@contextmanager
def place_in(lane):
    """Whether this message may try the lane now: not while it rests, and one at a time while it is in trouble."""
    with _lock:
        is_in_trouble = _failures.get(lane, 0) >= FAILURES
        is_free = not is_resting(lane) and not (is_in_trouble and lane in _tried_by_one)
        tries_alone = is_free and is_in_trouble
        if tries_alone:
            _tried_by_one.add(lane)
    try:
        yield is_free
    finally:
        if tries_alone:
            with _lock:
                _tried_by_one.discard(lane)


def note_failure(lane, *, server_is_away=True):
    """Count a failure of the server; a single recipient's trouble (`server_is_away=False`) is none."""
    with _lock:
        # What was under way when the rest began fails as well; that is no new trouble.
        if lane is None or not server_is_away or is_resting(lane):
            return
        count = _failures[lane] = _failures.get(lane, 0) + 1
        if count >= FAILURES:
            _resting_until[lane] = time.monotonic() + min(SHORTEST * 2 ** (count - FAILURES), LONGEST)


def note_success(lane):
    with _lock:
        _failures.pop(lane, None)
        _resting_until.pop(lane, None)


def forget():
    """As a process that has just started."""
    with _lock:
        _failures.clear()
        _resting_until.clear()
        _tried_by_one.clear()
