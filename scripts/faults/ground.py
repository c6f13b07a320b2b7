"""Where experiments stand: a product with a data folder of its own, its servers, and proxies in front of them."""

import itertools
import os
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.fakes.proxy import Proxy
from tests.fakes.smtp import SmtpServer
from tests.faults.product import Product
from tests.live import LiveStack
from tests.servers import Postgres, Redis, create_database, new_database

PASSED_ON = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SWEEP_SECONDS", "DELIVERY_LEASE_SECONDS", "DELIVERY_PAUSES", "SURVEY_SWEEP_SECONDS")

#: The migrated database on each server, made when the first experiment needs it.
_TEMPLATES = {}
_NUMBERS = itertools.count(1)


class Grounds:
    """`with Grounds("postgres") as grounds: with grounds.product(delay=0.3) as product: …`. One PostgreSQL serves all its products."""

    def __init__(self, database, server=""):
        self.database, self._server, self._stack = database, server, ExitStack()

    def __enter__(self):
        if self.database == "postgres" and not self._server:
            self._server = self._stack.enter_context(Postgres()).url("postgres")
        return self

    def __exit__(self, *_):
        self._stack.close()

    @contextmanager
    def product(self, *, mail_server=None, behind_proxies=False, environment=None, **modes):
        """An empty product whose mails go to `product.server`, a mail server with these modes; nothing of it runs yet.

        `behind_proxies`: `product.proxies` {"mail": …, "redis": …, "database": …} stand before its servers.
        """
        with ExitStack() as stack:
            server = mail_server or stack.enter_context(SmtpServer(**modes))
            addresses, redis = {"EMAIL_URL": server.url}, None
            if self.database == "postgres":
                redis = stack.enter_context(Redis())
                addresses |= {"REDIS_URL": redis.url(), "DATABASE_URL": stack.enter_context(self._new_database())}
            proxies = {}
            if behind_proxies:
                addresses, proxies = _with_proxies(addresses, stack)
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="helpdesk-faults-", ignore_cleanup_errors=True))
            product = stack.enter_context(Product(Path(folder), **addresses, **(environment or {})))
            product.server, product.redis, product.proxies, product.database = server, redis, proxies, self.database
            yield product

    def _new_database(self):
        """A migrated one, copied from the first on this server."""
        if self._server not in _TEMPLATES:
            name = f"faults_{os.getpid()}"
            address = create_database(self._server, name)
            with tempfile.TemporaryDirectory() as folder, Product(Path(folder), DATABASE_URL=address) as product:
                product.manage("migrate", "--verbosity", "0")
            _TEMPLATES[self._server] = name
        name = _TEMPLATES[self._server]
        return new_database(self._server, f"{name}_{next(_NUMBERS)}", template=name)


def _with_proxies(addresses, stack):
    names = {"EMAIL_URL": "mail", "REDIS_URL": "redis", "DATABASE_URL": "database"}
    moved, proxies = {}, {}
    for variable, address in addresses.items():
        parts = urlsplit(address)
        proxy = proxies[names[variable]] = stack.enter_context(Proxy(parts.port))
        moved[variable] = parts._replace(netloc=parts.netloc.replace(str(parts.port), str(proxy.port))).geturl()
    return moved, proxies


def part_of(product, only, **more):
    """Web, worker or clock of it, under the parent that starts what died. `only=None`: all three."""
    environment = {name: product.environment[name] for name in PASSED_ON if name in product.environment}
    return LiveStack(data=product.environment["DATA_DIR"], only=only, demo=False, LOG_LEVEL="WARNING", **{**environment, **more})
