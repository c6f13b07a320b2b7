"""A line between the product and a server, which can be slow, hang, or be cut."""

import asyncio
import contextlib
import threading

from tests.servers import free_port


class Proxy:
    """`with Proxy(port) as proxy:` passes on what comes to `proxy.port`.

    delay    seconds before each piece is passed on, in both directions together
    is_hung  takes connections and bytes, and passes nothing on
    """

    def __init__(self, target):
        self.target, self.port = target, free_port()
        self.delay, self.is_hung = 0.0, False
        self._lines = set()

    def __enter__(self):
        self._loop, ready = asyncio.new_event_loop(), threading.Event()

        def run():
            asyncio.set_event_loop(self._loop)
            self._server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port))
            ready.set()
            self._loop.run_forever()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self):
        """Cut every line that is open."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result(10)

    async def _cut(self):
        for writer in list(self._lines):
            writer.transport.abort()

    async def _end(self):
        self._server.close()
        await self._cut()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader, writer):
        try:
            there, away = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self._lines |= {writer, away}
        try:
            await asyncio.gather(self._pass(reader, away), self._pass(there, writer))
        finally:
            self._lines -= {writer, away}
            for end in (writer, away):
                end.transport.abort()

    async def _pass(self, reader, writer):
        with contextlib.suppress(OSError):
            while piece := await reader.read(65536):
                if self.delay:
                    await asyncio.sleep(self.delay / 2)
                while self.is_hung:
                    await asyncio.sleep(0.02)
                writer.write(piece)
                await writer.drain()
        with contextlib.suppress(OSError):
            writer.write_eof()
