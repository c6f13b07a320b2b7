"""The address a browser names to us. It is typed by a browser, so by anybody: only the push services that are known are called."""

from urllib.parse import urlsplit

from django.conf import settings

from common import guarded

#: Every known service listens here.
PORTS = {443}


def origin_of(endpoint):
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def address_of(endpoint):
    """The machine to connect to. Raises guarded.HostNotAllowed, with one text for everything that is wrong with it."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port or 443
    except ValueError as error:
        raise guarded.HostNotAllowed() from error
    is_whole = parts.scheme == "https" or settings.ALLOW_PRIVATE_HOSTS and parts.scheme == "http"
    if not is_whole or parts.username is not None or parts.password is not None or not _is_known(parts.hostname or ""):
        raise guarded.HostNotAllowed()
    return guarded.address_of(parts.hostname, port, ports=PORTS)[1]


def _is_known(host):
    """One of settings.PUSH_SERVICES: a name, or an ending that begins with a dot."""
    return any(host.endswith(known) if known.startswith(".") else host == known for known in settings.PUSH_SERVICES)
