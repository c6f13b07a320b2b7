"""The lines to a provider's API, known one by one, so that a mail can be ended as a whole. Imported only where such an account is used."""

from weakref import WeakSet

from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class WatchedAdapter(HTTPAdapter):
    """Has every line that it opens, or goes on with, watched by the Deadline of the mail that leaves (common/deadlines.py)."""

    deadline = None

    def init_poolmanager(self, *args, **options):
        super().init_poolmanager(*args, **options)
        self._connections = WeakSet()
        self.poolmanager.pool_classes_by_scheme = {"http": self._watching(HTTPConnectionPool), "https": self._watching(HTTPSConnectionPool)}

    def watch_by(self, deadline):
        self.deadline = deadline
        for connection in list(self._connections):
            if getattr(connection, "sock", None) is not None:
                deadline.watch(connection.sock)

    def _watching(self, pool):
        adapter = self

        class Connection(pool.ConnectionCls):
            def _new_conn(self):
                line = super()._new_conn()
                adapter._connections.add(self)
                if adapter.deadline:
                    adapter.deadline.watch(line)
                return line

        return type(pool.__name__, (pool,), {"ConnectionCls": Connection})


def mount(session):
    """The same session, its lines known."""
    for scheme in ("https://", "http://"):
        session.mount(scheme, WatchedAdapter())
    return session


def watch(session, deadline):
    for adapter in session.adapters.values():
        adapter.watch_by(deadline)
