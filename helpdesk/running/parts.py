"""The three parts of the running product: web, worker and clock. Each function runs until SIGTERM."""

import gc
import os
import socket
import sys
import warnings
from pathlib import Path

from celery.platforms import SecurityWarning
from django.conf import settings
from django.contrib.auth import get_backends
from django.db import DEFAULT_DB_ALIAS
from django.forms.renderers import get_default_renderer
from django.template import engines
from django.urls import get_resolver, reverse
from django.utils import formats, translation
from django.utils.module_loading import import_string

from helpdesk.celery import app

WARM = 300  # requests after which a process has made what it keeps
FIRST_OF_SYSTEMD = 3  # where it puts the sockets it hands over
#: How far work stands back where processors are short. Somebody waits for a page; a mail leaves a moment later.
NICENESS = 10


class PortIsBusy(Exception):
    pass


def listen(host, port):
    """The socket all web processes share. Opened before anything starts, so a busy port is known at once.

    Where systemd holds the socket (deploy/helpdesk-web.socket), that one: who comes during a restart waits in its line.
    """
    if os.environ.get("LISTEN_PID") == str(os.getpid()):
        listener = socket.socket(fileno=FIRST_OF_SYSTEMD)
        listener.setblocking(False)
        return listener
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Some systems let two programs bind and tell only here.
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise PortIsBusy(error.strerror) from error
    listener.setblocking(False)
    return listener


def preload():
    """Load in the parent what every part needs, so that they share the memory."""
    import celery.apps.beat
    import celery.apps.worker  # noqa: F401
    import uvicorn.lifespan.off
    import uvicorn.loops.auto
    import uvicorn.loops.uvloop
    import uvicorn.protocols.http.auto
    import uvicorn.protocols.websockets.auto  # noqa: F401

    import helpdesk.asgi  # noqa: F401  (every middleware, and the table of static files)

    app.loader.import_default_modules()
    app.finalize()
    get_resolver().url_patterns  # noqa: B018  (imports every view)
    _load_what_is_named()
    _read_words()
    _read_templates()


def _load_what_is_named():
    """What Django, Celery and settings know by name, and the first request would else load in each process. Nothing is connected."""
    import encodings.idna  # noqa: F401  (names of hosts)

    import argon2  # noqa: F401
    import django.db.models.sql.compiler  # noqa: F401

    app.connection_for_write().get_transport_cls()
    app.amqp.routes, app.events.Dispatcher  # noqa: B018
    get_backends()
    get_default_renderer()
    engines["django"].engine.template_context_processors  # noqa: B018
    for name in (settings.MESSAGE_STORAGE, settings.SESSION_SERIALIZER, settings.TICKET_REACTIONS):
        import_string(name)
    if "pool" in settings.DATABASES[DEFAULT_DB_ALIAS].get("OPTIONS", {}):
        import psycopg_pool  # noqa: F401


def _read_words():
    """The words of every language, its ways to write a date, and the addresses behind every door."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Sign in")
            formats.get_format("DATE_FORMAT")
            for address in ("healthz", "portal:home", "backoffice:tickets", "control:store"):
                reverse(address)


def _read_templates():
    """Every page and its parts, as they are drawn from then on."""
    engine = engines["django"].engine
    for folder in engine.dirs:
        for path in sorted(Path(folder).rglob("*.html")):
            engine.get_template(path.relative_to(folder).as_posix())


def settle():
    """What stays from the first requests on (templates, questions, words) is no longer looked through for garbage. So the rest is looked
    through sooner: Python waits with it until there is a quarter of what stays, and each request leaves a circle of its own behind."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 3)


def web(listener, application="helpdesk.asgi:application"):
    import uvicorn

    from backoffice.live.hub import hub

    class Server(uvicorn.Server):
        is_warm = False

        async def shutdown(self, sockets=None):
            """Open pages are told at once; otherwise the end would wait for each of them."""
            hub.end_all()
            await super().shutdown(sockets)

        async def on_tick(self, counter):
            if not self.is_warm and self.server_state.total_requests >= WARM:
                self.is_warm = True
                settle()
            return await super().on_tick(counter)

    # The log is Django's. Proxy headers are read in one place, with the number of proxies set there.
    server = Server(
        uvicorn.Config(
            application,
            log_config=None,
            access_log=settings.ACCESS_LOG,
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
    )
    server.run(sockets=[listener])


def worker():
    """Threads, not processes: the work waits for mail servers and gateways, and one process is small.

    Not by Celery's command line, whose prompt takes 10 MiB of each process that has loaded it.
    """
    if settings.DATABASES[DEFAULT_DB_ALIAS]["ENGINE"].endswith("postgresql"):  # SQLite has one writer: the others would wait for it
        os.nice(NICENESS)
    # Celery fears pickled messages for a worker run by root, as in a container; ours are JSON.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    worker = app.Worker(
        hostname=f"worker@{socket.gethostname()}",
        pool_cls="threads",
        concurrency=settings.WORKER_THREADS,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    sys.exit(worker.exitcode)


def clock():
    app.Beat(loglevel="WARNING", quiet=True).run()
