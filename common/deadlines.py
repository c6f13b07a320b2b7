"""A whole call within so many seconds, however its bytes come: time limits of single steps never end with a server that drips."""

import contextlib
import os
import socket
import threading


class Deadline:
    """`with Deadline(20) as deadline: …` ends every line it watches when its time is up, and with it whatever waits for a byte there.

    What waited gets the error of its library for a line that was cut. Leaving early ends nothing.
    """

    def __init__(self, seconds):
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock, self._lines, self._is_over = threading.Lock(), [], False

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, *_):
        self._timer.cancel()
        with self._lock:
            lines, self._lines = self._lines, []
        for line in lines:
            line.close()

    def watch(self, line):
        """A connected socket, with TLS or before. A copy of it is kept, since TLS takes the socket itself over."""
        if line is None:
            return
        with contextlib.suppress(OSError):
            copy = socket.socket(fileno=os.dup(line.fileno()))
            with self._lock:
                self._lines.append(copy)
                if self._is_over:
                    copy.shutdown(socket.SHUT_RDWR)

    def trace(self, name, facts):
        """For httpx: `extensions={"trace": deadline.trace}` has every line watched that a request opens."""
        if name == "connection.connect_tcp.complete":
            self.watch(facts["return_value"].get_extra_info("socket"))

    def _cut(self):
        with self._lock:
            self._is_over = True
            for line in self._lines:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
