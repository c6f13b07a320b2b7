"""Pipes with names, by which whoever puts a message rings whoever waits for one. They carry nothing: a missed ring delays, never loses."""

import contextlib
import errno
import os
import select
import time
import uuid
from pathlib import Path


class Bell:
    """A bell in this folder, rung by `ring(folder)` in any process. Where a folder takes no pipes, waiting is sleeping."""

    def __init__(self, folder):
        self.path = folder / f"{os.getpid()}-{uuid.uuid4().hex}"
        self._pipe = None
        with contextlib.suppress(OSError):
            os.mkfifo(self.path, 0o600)
            # For writing too: with no other writer a pipe would seem to have ended, and never be waited for.
            self._pipe = os.open(self.path, os.O_RDWR | os.O_NONBLOCK)

    def wait(self, seconds):
        if self._pipe is None:
            time.sleep(seconds)
        elif select.select([self._pipe], [], [], seconds)[0]:
            os.read(self._pipe, 4096)

    def close(self):
        self.path.unlink(missing_ok=True)
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None


def ring(folder):
    """Ring every bell of the folder; those of dead processes are taken down."""
    try:
        bells = os.scandir(folder)
    except FileNotFoundError:
        return
    with bells:
        for bell in bells:
            _ring_one(bell.path)


def _ring_one(path):
    try:
        pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ENXIO:  # nobody has it open
            with contextlib.suppress(OSError):
                Path(path).unlink()
        return
    with contextlib.suppress(OSError):  # one that is full of rings has been heard
        os.write(pipe, b"\0")
    os.close(pipe)
