"""One open page and what it is told, as server-sent events; and the part of the server that keeps the connection.

Django answers the request as any other: session, person, rights, headers. Where the view opened a stream (scope["live"]), its answer has
no body, and what follows is written from here. So an open page holds neither a thread nor a connection to the database.
"""

import asyncio
import json

BEAT_SECONDS = 20
#: A page that takes nothing is told no more than this, and then that it was much.
MOST_FACTS = 100


class Stream:
    """`user`, `session`, `ticket`: ids, `number` the ticket's; `since`: the last event the page knows; `sight`: what its reader sees;
    `token`: for the forms of a page whose reader signed in again meanwhile."""

    def __init__(self, *, user, session, sight, since, ticket=None, number="", token=""):
        self.user, self.session, self.sight = user, session, sight
        self.since, self.ticket, self.number, self.token = since, ticket, number, token
        self.ended = False
        self._facts, self._numbers, self._news = {}, set(), asyncio.Event()

    def tell(self, name, key="", **facts):
        """Say it with the next sentence. Of the same name and key only the last is said. In the event loop."""
        if self.ended or (len(self._facts) >= MOST_FACTS and (name, key) not in self._facts):
            return
        self._facts[name, key] = facts
        self._news.set()

    def tell_tickets(self, numbers, *, is_many=False):
        """Something happened to these tickets, which its reader sees."""
        self._numbers |= set(numbers)
        before = self._facts.get(("tickets", ""), {})
        self.tell("tickets", numbers=sorted(self._numbers)[:50], many=is_many or before.get("many", False) or len(self._numbers) > 50)

    def end(self, why):
        self.tell("end", why=why)
        self.ended = True
        self._news.set()

    async def sentences(self):
        """What is to be said next, as bytes; a beat when there was nothing for a while."""
        try:
            await asyncio.wait_for(self._news.wait(), BEAT_SECONDS)
        except TimeoutError:
            return b"event: beat\ndata: {}\n\n"
        self._news.clear()
        facts, self._facts, self._numbers = self._facts, {}, set()
        return b"".join(_sentence(name, data, self.since) for (name, _key), data in facts.items())


def _sentence(name, data, latest):
    return f"id: {latest}\nevent: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


class LiveStreams:
    """Wraps the ASGI application."""

    def __init__(self, application, hub):
        self.application, self.hub = application, hub

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or not scope["path"].endswith("/desk/live/"):
            await self.application(scope, receive, send)
            return
        opened = []
        scope = {**scope, "live": opened}

        async def head_alone(message):
            if not opened:
                await send(message)
            elif message["type"] == "http.response.start":
                headers = [(name, value) for name, value in message["headers"] if name.lower() != b"content-length"]
                await send({**message, "headers": headers})

        await self.application(scope, receive, head_alone)
        if opened:
            await self._keep(opened[0], receive, send)

    async def _keep(self, stream, receive, send):
        gone = asyncio.ensure_future(_until_gone(receive))
        gone.add_done_callback(lambda _gone: stream.end("gone"))
        try:
            await self.hub.add(stream)
            while not gone.done():
                await send({"type": "http.response.body", "body": await stream.sentences(), "more_body": True})
                if stream.ended:
                    break
            await send({"type": "http.response.body", "body": b""})
        finally:
            self.hub.remove(stream)
            gone.cancel()


async def _until_gone(receive):
    while (await receive())["type"] != "http.disconnect":
        pass
