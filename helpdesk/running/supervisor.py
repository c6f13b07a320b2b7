"""One parent that starts the parts of the product, starts again what dies, and ends them together.

The parent loads the code once and forks: the parts share that memory, and a part that died is back in
milliseconds. The parent itself opens no database connection and starts no thread, so there is nothing a
fork could break. A part that loses its parent, even to kill -9, ends by itself.
"""

import gc
import logging
import math
import os
import select
import signal
import socket
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

STOP_SECONDS = 25  # longer than the slowest mail server is given (EMAIL_TIMEOUT)
FIRST_PAUSE, LONGEST_PAUSE = 1, 30
LIVED_WELL = 60


@dataclass
class Part:
    """A part of the product: a name for the log and what it runs until it is told to end.

    What runs `once` is not started again.
    """

    name: str
    run: callable
    once: bool = False
    pid: int = 0
    started: float = 0
    pause: float = 0
    start_at: float = field(default_factory=time.monotonic)


class Supervisor:
    """Runs its parts until SIGTERM, SIGINT (Ctrl-C) or SIGHUP; a second one ends them at once."""

    def __init__(self, parts, *, end_with_parent=False):
        self.parts = parts
        self.end_with_parent = end_with_parent
        self.stops = 0
        self._parent = os.getppid()
        self._wake_read, self._wake_write = socket.socketpair()
        for end in (self._wake_read, self._wake_write):
            end.setblocking(False)

    def run(self):
        """Start everything and return when everything has ended."""
        self._listen_to_signals()
        gc.freeze()  # the collector would otherwise touch, and so copy, every page the parts share
        self._start_due()
        while not self.stops:
            self._wait(1)
            self._collect()
            self._start_due()
            if self.end_with_parent and os.getppid() != self._parent:
                self.stops = 1
        self._end()

    def _listen_to_signals(self):
        signal.set_wakeup_fd(self._wake_write.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # ignored under nohup
            signal.signal(signal.SIGHUP, self._stop)

    def _stop(self, *_):
        self.stops += 1

    def _wait(self, seconds):
        select.select([self._wake_read], [], [], seconds)
        try:
            self._wake_read.recv(1024)
        except BlockingIOError:
            pass

    def _start_due(self):
        for part in self.parts:
            if not part.pid and not self.stops and time.monotonic() >= part.start_at:
                part.pid, part.started = fork(part.run), time.monotonic()

    def _collect(self):
        for part in self.parts:
            if part.pid and (ended := _has_ended(part.pid)) is not None:
                part.pid = 0
                if self.stops or part.once:
                    part.start_at = math.inf
                    continue
                lived_well = time.monotonic() - part.started > LIVED_WELL
                part.pause = FIRST_PAUSE if lived_well or not part.pause else min(part.pause * 2, LONGEST_PAUSE)
                part.start_at = time.monotonic() + part.pause
                log.error("The %s ended by itself (%s); it starts again in %d s.", part.name, ended, part.pause)

    def _end(self):
        self._signal_all(signal.SIGTERM)
        last_moment = time.monotonic() + STOP_SECONDS
        while any(part.pid for part in self.parts):
            if self.stops > 1 or time.monotonic() > last_moment:
                self._signal_all(signal.SIGKILL)
            self._wait(0.2)
            self._collect()

    def _signal_all(self, number):
        for part in self.parts:
            if part.pid:
                os.kill(part.pid, number)


def fork(run):
    """Run a function in a process of its own and return the process id. The function never returns here."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.setpgid(0, 0)  # Ctrl-C reaches the parent alone, which ends the parts in order
        threading.Thread(target=_end_without, args=(parent,), daemon=True).start()
        run()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def run_apart(function):
    """Run a function in a process of its own, wait for it, and say whether it went well.

    For work that would leave the parent with connections and memory the parts do not need.
    """
    _pid, status = os.waitpid(fork(function), 0)
    return os.waitstatus_to_exitcode(status) == 0


def _has_ended(pid):
    """None while it runs, else a few words on how it ended."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        return None
    code = os.waitstatus_to_exitcode(status)
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _end_without(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os._exit(1)
