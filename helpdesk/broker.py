"""A Celery broker that needs no server: messages are files in a private folder.

It serves the embedded way to run, where one machine holds everything. Any number of processes may
put and take. A message is written under another name and renamed into place, so nobody reads half of
it, and taken by renaming, so two workers never take the same. What cannot be read is set aside in
`unreadable/` and logged; it never stops a worker. Kombu's own filesystem transport promises none of
these (https://github.com/celery/kombu/issues/1551).

A worker that waits is rung by whoever puts a message (helpdesk/bells.py), so a task starts at once, and an idle worker looks
into the folder twice a second only.

A message taken by a worker that is killed is gone: a message only wakes workers up, and the clock
sweeps the rows whose message was lost. For the same reason there are no broadcasts and nothing waits
for the disk.

Chosen by CELERY_BROKER_URL = "folder://" with the transport option `folder`.
"""

import json
import logging
import os
import time
import uuid
from collections import deque
from pathlib import Path
from queue import Empty
from urllib.parse import quote

from kombu.transport import TRANSPORT_ALIASES, base, virtual

from helpdesk.bells import Bell, ring

log = logging.getLogger(__name__)

MESSAGE = ".json"
# A worker looks whether it should stop, and acknowledges what is done, only between two waits.
LONGEST_WAIT = 0.5
# While it holds as much as it may, it looks so often whether something is done.
WAIT_WHEN_FULL = 0.01


class Channel(virtual.Channel):
    """One folder for each queue; the names of the files in it sort by the time they were put."""

    do_restore = True

    def __init__(self, connection, **kwargs):
        super().__init__(connection, **kwargs)
        self.folder = Path(connection.client.transport_options["folder"])
        self.bells = self.folder / "bells"
        self._listed = {}
        self._make_folders()

    def _make_folders(self):
        for path in (self.folder, self.bells, *(self.folder / name for name in ("taken", "unreadable", "queues"))):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _queue_folder(self, queue):
        return self.folder / "queues" / quote(queue, safe="")

    def _put(self, queue, message, **kwargs):
        folder = self._queue_folder(queue)
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}"
        unfinished = folder / f"{name}.part"
        try:
            self._write(unfinished, message)
        except FileNotFoundError:
            self._make_folders()
            folder.mkdir(mode=0o700, exist_ok=True)
            self._write(unfinished, message)
        unfinished.replace(folder / f"{name}{MESSAGE}")
        ring(self.bells)

    def _write(self, path, message):
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            try:
                json.dump(message, file)
                file.flush()
            except BaseException:  # a full disk must not fill up further with halves
                path.unlink(missing_ok=True)
                raise

    def _get(self, queue):
        """The oldest message nobody else has taken, or Empty.

        A listing is used up before the folder is read again: with a hundred thousand messages
        waiting, reading it for every one would take longer than the work.
        """
        waiting = self._listed.get(queue) or self._list(queue)
        self._listed[queue] = waiting
        while waiting:
            name = waiting.popleft()
            taken = self.folder / "taken" / name
            try:
                (self._queue_folder(queue) / name).rename(taken)
            except FileNotFoundError:  # somebody else was quicker, or swept the folder away
                self._make_folders()
                continue
            try:
                message = json.loads(taken.read_bytes())
            except (OSError, ValueError):
                self._set_aside(taken)
                continue
            taken.unlink(missing_ok=True)
            return message
        raise Empty

    def _list(self, queue):
        try:
            with os.scandir(self._queue_folder(queue)) as entries:
                return deque(sorted(entry.name for entry in entries if entry.name.endswith(MESSAGE)))
        except FileNotFoundError:
            return deque()

    def _set_aside(self, taken):
        log.error("A message to the workers cannot be read and was set aside as unreadable/%s.", taken.name)
        try:
            taken.replace(self.folder / "unreadable" / taken.name)
        except OSError:
            log.exception("It could not be set aside either.")

    def _size(self, queue):
        return len(self._list(queue))

    def _purge(self, queue):
        names = self._list(queue)
        for name in names:
            (self._queue_folder(queue) / name).unlink(missing_ok=True)
        return len(names)


class Transport(virtual.Transport):
    Channel = Channel

    # Exchanges and bindings are the same in every process, because they come from the code.
    global_state = virtual.BrokerState()
    implements = base.Transport.implements.extend(asynchronous=False, exchange_type=frozenset(["direct", "topic"]))
    default_connection_params = {}
    driver_type = "folder"
    driver_name = "folder"

    def __init__(self, client, **kwargs):
        super().__init__(client, **kwargs)
        self.state = self.global_state
        self._bell = None

    def drain_events(self, connection, timeout=None):
        """One message if there is one, else a wait for the bell; what rang is found by the next call."""
        while True:
            try:
                self.cycle.get(self._deliver, timeout=timeout)
                return
            except Empty:
                self._wait(LONGEST_WAIT if timeout is None else min(timeout, LONGEST_WAIT))
            if timeout is not None:
                raise TimeoutError

    def _wait(self, seconds):
        if not self.channels or any(not channel.qos.can_consume() for channel in self.channels):
            time.sleep(min(seconds, WAIT_WHEN_FULL))
        elif self._bell:
            self._bell.wait(seconds)
        else:  # what was put before it hung there is looked for first
            self._bell = Bell(self.channels[0].bells)

    def close_connection(self, connection):
        super().close_connection(connection)
        if self._bell:
            self._bell.close()
            self._bell = None

    def driver_version(self):
        return "1"


TRANSPORT_ALIASES["folder"] = f"{__name__}:Transport"
