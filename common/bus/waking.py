"""Waking: at once in this process, through Redis in all others. It never fails and never holds anybody for long."""

import logging
from functools import cache

from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from common.resting import let_rest, rests

log = logging.getLogger(__name__)

CHANNEL = "helpdesk:news"

#: What to call in this process: functions that may be called in any thread.
listeners = set()


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
    if rests(settings.REDIS_URL):
        return
    try:
        _server().publish(CHANNEL, "1")
    except (RedisError, OSError) as error:
        let_rest(settings.REDIS_URL)
        log.warning("nobody is woken, Redis is away (%s); open pages look by themselves", type(error).__name__)


@cache
def _server():
    return Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.3, socket_timeout=0.5, retry=Retry(NoBackoff(), 0))
