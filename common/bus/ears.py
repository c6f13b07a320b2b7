"""Listening: one ear per process, however many people it listens for."""

import asyncio
import logging

from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from common.bus import waking

log = logging.getLogger(__name__)

LONGEST_PAUSE = 30


class Ear:
    """`is_deaf`: Redis should tell of other processes but cannot now, or there is none. Then one has to look oneself."""

    def __init__(self):
        self.is_deaf = True
        self._news, self._loop, self._task = asyncio.Event(), None, None

    def open(self):
        """Begin to listen, in the running event loop. Opening twice opens once."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            waking.listeners.add(self._hear)
            if settings.REDIS_URL:
                self._task = asyncio.create_task(self._listen())

    def close(self):
        waking.listeners.discard(self._hear)
        if self._task:
            self._task.cancel()
        self._loop = self._task = None
        self.is_deaf = True

    async def wait(self, seconds):
        """True when there may be news, False when the time is over."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return False
        self._news.clear()
        return True

    def _hear(self):
        """From any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._news.set)

    async def _listen(self):
        pause = 1
        while True:
            server = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, health_check_interval=20)
            try:
                async with server, server.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(waking.CHANNEL)
                    self.is_deaf, pause = False, 1
                    self._news.set()  # what was said meanwhile was not heard
                    while True:
                        if await channel.get_message(timeout=30):
                            self._news.set()
            except (RedisError, OSError) as error:
                if not self.is_deaf or pause == 1:
                    log.warning("Redis tells no news (%s); this process looks by itself", type(error).__name__)
            self.is_deaf = True
            self._news.set()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
