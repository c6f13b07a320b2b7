"""/healthz says that the process lives; /readyz that it can do its work. JSON, no secrets, nobody has to sign in.

Both are answered before any other middleware, so that they hold when the database is away, and for
load balancers that know neither our host name nor our certificate.
"""

import logging
import pkgutil
import socket
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import JsonResponse
from django.utils.decorators import sync_only_middleware
from django.utils.module_loading import module_has_submodule
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds for a broker to answer: a load balancer asks every few seconds


@never_cache
@require_safe
@login_not_required
def alive(request):
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
@login_not_required
def ready(request):
    """200 when everything answers, else 503; either way what was found, part by part."""
    found = {}
    for name, check in CHECKS.items():
        try:
            check()
            found[name] = "ok"
        except NotReady as problem:
            found[name] = str(problem)
        except Exception:
            log.warning("The %s does not answer.", name, exc_info=True)
            found[name] = "no answer"
    is_ready = all(state == "ok" for state in found.values())
    return JsonResponse({"status": "ready" if is_ready else "not ready", **found}, status=200 if is_ready else 503)


@sync_only_middleware
def HealthMiddleware(get_response):
    answers = {"/healthz": alive, "/readyz": ready}

    def answer(request):
        view = answers.get(request.path_info)
        return view(request) if view else get_response(request)

    return answer


class NotReady(Exception):
    """A part answers, but not as it must. The message is public."""


def check_database():
    with short_connection() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations():
    with short_connection() as connection, connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            raise NotReady("not applied")
        cursor.execute("SELECT app, name FROM django_migrations")
        if _migrations_of_the_code() - set(cursor.fetchall()):
            raise NotReady("not applied")


def check_broker():
    """Reach the broker without Celery, whose own attempts are patient."""
    url = settings.CELERY_BROKER_URL
    if url.startswith("folder:"):
        _try_folder(Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["folder"]))
    elif url.startswith(("redis:", "rediss:", "unix:")):
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        with Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)) as server:
            server.ping()
    elif urlsplit(url).hostname:
        address = urlsplit(url)
        socket.create_connection((address.hostname, address.port or 5672), timeout=PATIENCE).close()


CHECKS = {"database": check_database, "migrations": check_migrations, "broker": check_broker}


def _try_folder(folder):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    trial = folder / "trial"
    trial.write_bytes(b"1")
    trial.unlink(missing_ok=True)


@contextmanager
def short_connection():
    """A connection of its own on PostgreSQL: waiting for the pool of a dead server takes longer than a load balancer does."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield connection
        return
    connection = connection.copy()
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
    connection.settings_dict["OPTIONS"] = options | {"connect_timeout": 2}
    try:
        yield connection
    finally:
        connection.close()


def _migrations_of_the_code():
    """Every migration file, by name alone: loading them would cost a web process several MiB."""
    names = set()
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "migrations"):
            package = import_module(f"{app.name}.migrations")
            names |= {(app.label, module.name) for module in pkgutil.iter_modules(package.__path__) if module.name[0] not in "_~"}
    return names
