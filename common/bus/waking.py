"""Waking: at once in this process, through Redis in all others. It never fails and never holds anybody for long."""

import logging
import time
from functools import cache

from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

CHANNEL = "helpdesk:news"
# How long a Redis that did not answer is left alone, so that a busy hour without it costs nobody anything.
PAUSE_SECONDS = 5

#: What to call in this process: functions that may be called in any thread.
listeners = set()
_rests_until = 0.0


def wake():
    """There is news, once the present transaction is committed; of one that is undone nobody hears."""
    connection = transaction.get_connection()
    if not any(entry[1] is _wake_now for entry in connection.run_on_commit):
        transaction.on_commit(_wake_now, robust=True)


def _wake_now():
    for listener in tuple(listeners):
        listener()
    if settings.REDIS_URL:
        _publish()


def _publish():
    global _rests_until  # noqa: PLW0603  one for the process
    if time.monotonic() < _rests_until:
        return
    try:
        _server().publish(CHANNEL, "1")
    except (RedisError, OSError) as error:
        _rests_until = time.monotonic() + PAUSE_SECONDS
        log.warning("nobody is woken, Redis is away (%s); open pages look by themselves", type(error).__name__)


@cache
def _server():
    return Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.3, socket_timeout=0.5, retry=Retry(NoBackoff(), 0))
