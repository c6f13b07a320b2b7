"""Connections to mail servers that stay open for some seconds: the next mail finds the greeting and the sign-in done."""

import threading
import time
from contextlib import contextmanager

from notifications.mail_server import MailConnection

#: Shorter than any server's own patience with somebody who says nothing.
IDLE_SECONDS = 5

_lock = threading.Lock()
_idle = {}  # {whose server: [(connection, since), …]}
_closer = None


@contextmanager
def connection_of(account):
    """A connection to the server of this account (None: the environment's) that nobody else uses meanwhile."""
    key = (account.pk, account.host, account.port, account.security, account.user, account.password) if account else None
    with _lock:
        waiting = _idle.get(key)
        connection = waiting.pop()[0] if waiting else MailConnection(account)
    yield connection
    # Not in a `finally`: one that failed has closed itself.
    with _lock:
        _idle.setdefault(key, []).append((connection, time.monotonic()))
        _close_later()


def _close_later():
    global _closer  # noqa: PLW0603  one thread watches over all of them, while there are any
    if _closer is None:
        _closer = threading.Timer(IDLE_SECONDS, _close_unused)
        _closer.daemon = True
        _closer.start()


def _close_unused():
    global _closer  # noqa: PLW0603
    close_idle()
    with _lock:
        _closer = None
        if _idle:
            _close_later()


def close_idle(seconds=IDLE_SECONDS):
    """Say goodbye on every connection that was not used for so long."""
    last_moment = time.monotonic() - seconds
    over = []
    with _lock:
        for key, waiting in list(_idle.items()):
            over += [connection for connection, since in waiting if since <= last_moment]
            _idle[key] = [(connection, since) for connection, since in waiting if since > last_moment]
            if not _idle[key]:
                del _idle[key]
    for connection in over:
        connection.close()


def forget():
    """As a process that has just started."""
    close_idle(0)
