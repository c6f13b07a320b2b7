"""The three parts of the running product: web, worker and clock. Each function runs until SIGTERM."""

import os
import socket
import sys
import warnings
from pathlib import Path

from celery.platforms import SecurityWarning
from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import translation

from helpdesk.celery import app

FIRST_OF_SYSTEMD = 3  # where it puts the sockets it hands over


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
    import uvicorn.protocols.http.httptools_impl  # noqa: F401
    from django.core.asgi import get_asgi_application

    app.loader.import_default_modules()
    app.finalize()
    get_resolver().url_patterns  # noqa: B018  (imports every view)
    get_asgi_application()
    _read_words()
    _read_templates()


def _read_words():
    """The words of every language, which each process would else read for itself."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Sign in")
            get_resolver()._populate()


def _read_templates():
    """Every page and its parts, as they are drawn from then on."""
    engine = engines["django"].engine
    for folder in engine.dirs:
        for path in sorted(Path(folder).rglob("*.html")):
            engine.get_template(path.relative_to(folder).as_posix())


def web(listener, application="helpdesk.asgi:application"):
    import uvicorn

    from backoffice.live.hub import hub

    class Server(uvicorn.Server):
        async def shutdown(self, sockets=None):
            """Open pages are told at once; otherwise the end would wait for each of them."""
            hub.end_all()
            await super().shutdown(sockets)

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
