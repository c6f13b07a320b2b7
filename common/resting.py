"""Servers that did not answer are left alone for a moment. One Redis is cache, bus and broker: a page waits for it once, not once for each."""

import time
from urllib.parse import urlsplit

PAUSE_SECONDS = 5

_until = {}


def rests(address):
    """Whether the server of this address (an URL, with or without the number of a database) failed a moment ago, in this process."""
    return time.monotonic() < _until.get(_server(address), 0)


def let_rest(address):
    _until[_server(address)] = time.monotonic() + PAUSE_SECONDS


def forget():
    """As a process that has just started."""
    _until.clear()


def _server(address):
    parts = urlsplit(address)
    return parts.netloc.rpartition("@")[2] or parts.path
