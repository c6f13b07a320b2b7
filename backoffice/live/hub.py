"""All open pages of this process: looks for news once for all of them, and tells each what its reader may know."""

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from backoffice.live.listeners import UNSEEN, check
from backoffice.live.looking import MOST_NUMBERS, Looker, News, news_since, sees
from common.bus import Ear

log = logging.getLogger(__name__)

#: Between two looks at least, so that a hundred changes at once are told together.
LEAST_PAUSE = 0.05
#: Without anybody who wakes: SQLite says for next to nothing that nobody wrote, PostgreSQL has to be asked.
SQLITE_PAUSE, POSTGRES_PAUSE = 0.25, 0.5
#: With Redis a wake-up may still get lost, and visits end by themselves.
LONGEST_PAUSE = 5
CHECK_SECONDS = 8
MOST_OF_A_PERSON, MOST = 8, 2000


class Hub:
    """Lives in the event loop. What asks the database is done by one thread of its own."""

    def __init__(self):
        self.streams = set()
        self.is_ending = False
        self._ear, self._task, self._thread, self._looker = None, None, None, None
        self._checked = 0.0

    def is_full_for(self, user):
        """Whether no page more of this person is taken. From any thread."""
        open_now = list(self.streams)
        return self.is_ending or len(open_now) >= MOST or sum(stream.user == user for stream in open_now) >= MOST_OF_A_PERSON

    async def add(self, stream):
        """From now on this page is told; first of what happened since it was drawn."""
        if self.is_ending:
            stream.end("restart")
            return
        self._begin()
        self.streams.add(stream)
        try:
            news = await self._in_thread(news_since, stream.sight, stream.since)
        except DatabaseError:
            stream.end("restart")
            return
        stream.since = news.latest
        stream.tell("hello", latest=stream.since, you=stream.user, token=stream.token)
        tell(stream, news)

    def remove(self, stream):
        self.streams.discard(stream)
        if not self.streams and self._task:
            self._task.cancel()
            self._ear.close()
            self._task = self._ear = self._looker = None

    def end_all(self):
        """The server stops: pages come back to the next one."""
        self.is_ending = True
        for stream in list(self.streams):
            stream.end("restart")

    # --- Looking -----------------------------------------------------------------------------------

    def _begin(self):
        if self._task is None:
            self._thread = self._thread or ThreadPoolExecutor(1, "live")
            self._ear = Ear()
            self._ear.open()
            self._task = asyncio.create_task(self._go_on())

    async def _in_thread(self, function, *args):
        return await asyncio.get_running_loop().run_in_executor(self._thread, _with_connection, function, *args)

    async def _go_on(self):
        last_full, complained = 0.0, False
        while True:
            heard = await self._ear.wait(self._pause())
            full = heard or time.monotonic() - last_full > LONGEST_PAUSE
            try:
                told = await self._in_thread(self._look, list(self.streams), full)
                complained = False
            except DatabaseError as error:
                if not complained:
                    log.warning("open pages cannot be told what is new: %s", error)
                complained = True
                self._looker = None
                await asyncio.sleep(2)
                continue
            if full:
                last_full = time.monotonic()
            for stream, verdict, news in told:
                if stream not in self.streams:
                    continue
                if isinstance(verdict, str):
                    stream.end(verdict)
                    continue
                stream.sight = verdict or stream.sight
                if news:
                    stream.since = news.latest
                    tell(stream, news)
            await asyncio.sleep(LEAST_PAUSE)

    def _pause(self):
        if not self._ear.is_deaf:
            return LONGEST_PAUSE
        return SQLITE_PAUSE if settings.DATABASES[DEFAULT_DB_ALIAS]["ENGINE"].endswith("sqlite3") else POSTGRES_PAUSE

    def _look(self, streams, full):
        """[(stream, why it ends or its new Sight or None, its News or None)], in the thread."""
        looker = self._looker = self._looker or Looker()
        news = looker.look(even_if_quiet=full)
        verdicts = {}
        if news.rights_may_have_changed or time.monotonic() - self._checked > CHECK_SECONDS:
            self._checked = time.monotonic()
            verdicts = check(streams)
        if not news and not verdicts:
            return []
        told = []
        for stream in streams:
            verdict = verdicts.get(stream)
            sight = verdict or stream.sight
            if not isinstance(verdict, str) and stream.ticket in news.places and not sees(sight, news.places[stream.ticket]):
                verdict = UNSEEN
            told.append((stream, verdict, None if isinstance(verdict, str) else _for_reader(news, sight)))
        return told


def tell(stream, news):
    """Neutral facts, of tickets its reader sees: numbers, and the names of colleagues who are there."""
    numbers = [news.places[pk].number for pk in news.events if pk in news.places]
    if stream.ticket in news.events:
        stream.tell("ticket", number=stream.number, event=news.events[stream.ticket])
    if numbers or news.is_many:
        stream.tell_tickets(numbers[:MOST_NUMBERS], is_many=news.is_many or len(numbers) > MOST_NUMBERS)
    for pk, people in news.visits.items():
        if pk in news.places:
            others = [here for here in people if here.user != stream.user]
            writers = [here.name for here in others if here.is_writing]
            stream.tell(
                "visits", news.places[pk].number, number=news.places[pk].number, writers=writers, readers=len(others) - len(writers)
            )


def _for_reader(news, sight):
    """The same news with nothing in it that this reader does not see; None where nothing is left."""
    seen = {pk: place for pk, place in news.places.items() if sees(sight, place)}
    events = {pk: event for pk, event in news.events.items() if pk in seen}
    visits = {pk: people for pk, people in news.visits.items() if pk in seen}
    return News(news.latest, events, visits, seen, is_many=news.is_many) if events or visits or news.is_many else None


def _with_connection(function, *args):
    """A connection of the pool is given back at once; one that broke is never used again."""
    try:
        return function(*args)
    except DatabaseError:
        connections.close_all()
        raise
    finally:
        if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
            connections.close_all()


hub = Hub()
