"""Notices on the devices of those who allow it: web push (RFC 8030, 8291, 8292). Part of it only where its packages are installed."""

from functools import cache
from importlib.util import find_spec


@cache
def is_offered():
    """Whether this installation can send any: requirements-push.txt is installed. Else no page speaks of it."""
    return all(find_spec(name) for name in ("http_ece", "py_vapid"))
