"""Connecting to a host that somebody typed into a page: never to this machine, its network or its neighbours.

The name is resolved once, every address of it is looked at, and exactly the address that was looked at is connected to; so a name
that answers differently the second time gains nothing. The operator may allow private hosts (ALLOW_PRIVATE_HOSTS).
"""

import ipaddress
import re
import socket

from django.conf import settings

_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}\Z")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class HostNotAllowed(OSError):
    """The host is nobody's on the internet, cannot be found, or its port is none of those asked for. One text for all of it."""

    def __init__(self):
        super().__init__("this host cannot be used")


def address_of(host, port, *, ports):
    """The (family, address) to connect to. Raises HostNotAllowed, also when only one of several addresses is private."""
    host = str(host or "").strip().removeprefix("[").removesuffix("]")
    if not _HOST.match(host) or not settings.ALLOW_PRIVATE_HOSTS and port not in ports:
        raise HostNotAllowed()
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostNotAllowed() from error
    if not found or not settings.ALLOW_PRIVATE_HOSTS and not all(is_public(target[0]) for *_kind, target in found):
        raise HostNotAllowed()
    family, _type, _protocol, _name, target = found[0]
    return family, target[0]


def connect(host, port, timeout, *, ports):
    """A connection to the address that was looked at."""
    _family, address = address_of(host, port, ports=ports)
    return socket.create_connection((address, port), timeout)


def is_public(address) -> bool:
    """Whether the address is one of the internet, whatever way it is written in."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inside(parsed)
    return parsed.is_global and not parsed.is_multicast and (inner is None or inner.is_global and not inner.is_multicast)


def _inside(parsed):
    """The older address that this one carries."""
    if parsed.version == 4:
        return None
    if parsed in _NAT64:
        return ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
    return parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
