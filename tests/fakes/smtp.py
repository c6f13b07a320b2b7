"""A mail server that takes what it is sent and can be slow, forgetful, busy, strict or dead."""

import asyncio
import contextlib
import email
import email.policy
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller

from tests.servers import free_port


@dataclass
class SmtpServer:
    """`with SmtpServer(delay=0.3) as server: …`; what it accepted is in `mails`.

    delay       seconds before each mail is accepted
    lost_reply  share of mails that are accepted while the line is cut before the sender hears of it
    busy        share that gets a 451
    hang        share that is not answered for `hang_seconds`, and then with a 421
    unknown     local parts that get a 550
    port        where it listens; 0: at a free one
    """

    delay: float = 0
    lost_reply: float = 0
    busy: float = 0
    hang: float = 0
    hang_seconds: float = 3600
    unknown: tuple = ()
    seed: int = 1
    port: int = 0
    accepted: list = field(default_factory=list)
    moments: list = field(default_factory=list)
    cut: int = 0
    hung: int = 0
    refused: int = 0
    connections: int = 0
    _open: set = field(default_factory=set)

    def __enter__(self):
        self._random = random.Random(self.seed)
        self.port = self.port or free_port()
        self._controller = Controller(_Handler(self), hostname="127.0.0.1", port=self.port, ready_timeout=10)
        self._controller.start()
        self.connections = 0  # without the one that asked whether it is up
        return self

    def __exit__(self, *_):
        self._controller.stop(no_assert=True)

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self):
        return [email.message_from_bytes(content, policy=email.policy.default) for _recipients, content in list(self.accepted)]

    @property
    def recipients(self):
        return [recipients for recipients, _content in list(self.accepted)]

    def by_message_id(self):
        """How often each Message-ID was accepted."""
        return Counter(mail["Message-ID"] for mail in self.mails)

    def moments_of(self, message_id):
        """When it was accepted, by time.monotonic()."""
        return self.moments_by_message_id()[message_id]

    def moments_by_message_id(self):
        found = defaultdict(list)
        for mail, moment in zip(self.mails, list(self.moments), strict=False):
            found[mail["Message-ID"]].append(moment)
        return found

    def open_connections(self):
        return sum(not transport.is_closing() for transport in list(self._open))

    def cut_all(self):
        """Cut every line that is open, without a word."""
        for transport in list(self._open):
            self._controller.loop.call_soon_threadsafe(transport.abort)
        while self.open_connections():
            time.sleep(0.005)


class _Handler:
    """What aiosmtpd calls. It looks at every attribute of this for each connection, so the mails are kept elsewhere."""

    def __init__(self, server):
        self.server = server

    async def handle_EHLO(self, protocol, session, envelope, hostname, responses):
        self.server.connections += 1
        self.server._open.add(protocol.transport)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, protocol, session, envelope, address, options):
        if address.partition("@")[0] in self.server.unknown:
            self.server.refused += 1
            return "550 5.1.1 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, protocol, session, envelope):
        server, luck = self.server, self.server._random.random()
        if luck < server.hang:
            server.hung += 1
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(server.hang_seconds)
            return "421 closing"
        if server.delay:
            await asyncio.sleep(server.delay)
        if luck < server.hang + server.busy:
            return "451 4.3.0 come back later"
        server.moments.append(time.monotonic())
        server.accepted.append((list(envelope.rcpt_tos), envelope.original_content))
        if luck < server.hang + server.busy + server.lost_reply:
            server.cut += 1
            protocol.transport.abort()
        return "250 2.0.0 taken"
