"""Limits against haste and abuse, counted in the cache, and the address a request truly came from."""

import hashlib
import ipaddress
import logging
import time

from django.conf import settings
from django.core.cache import cache

from common.errors import TooManyRequests

logger = logging.getLogger(__name__)


def limited(key, limit, per_seconds) -> int:
    """Count one more for this key. 0 while within `limit` in the current span of time, else the seconds to wait.

    When the cache is away nothing is counted: a dead cache must not close the door to customers.
    """
    window, passed = divmod(int(time.time()), int(per_seconds))
    name = f"limit:{hashlib.sha256(str(key).encode()).hexdigest()[:32]}:{per_seconds}:{window}"
    try:
        count = _one_more(name, per_seconds + 5)
    except Exception:
        logger.warning("Limits are not counted: the cache does not answer", exc_info=True)
        return 0
    return int(per_seconds) - passed if count > limit else 0


def _one_more(name, seconds):
    count = getattr(cache, "one_more", None)
    if count:
        return count(name, seconds)
    try:
        return 1 if cache.add(name, 1, seconds) else cache.incr(name)
    except ValueError:
        return 1  # it ended between the two calls


def limit_or_refuse(key, limit, per_seconds, message=None):
    """Count one more, or raise TooManyRequests with the seconds to wait."""
    wait = limited(key, limit, per_seconds)
    if wait:
        raise TooManyRequests(message, retry_after=wait)


def client_ip(request) -> str:
    """The address of who asks. X-Forwarded-For is believed only for as many steps as there are proxies of ours.

    Each proxy adds the address it saw at the end; with n proxies the n-th from the end is the last one not made up.
    """
    direct = _address(request.META.get("REMOTE_ADDR", "")) or "0.0.0.0"
    proxies = settings.TRUSTED_PROXIES
    if not proxies:
        return direct
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return (_address(chain[-proxies]) if len(chain) >= proxies else None) or direct


def network_of(address) -> str:
    """What to count an address by: itself, or for IPv6 the /64 that one household has."""
    parsed = ipaddress.ip_address(address)
    return address if parsed.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def _address(text):
    text = text.strip()[:60]
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)
