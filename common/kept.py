"""What owners set, kept by each process until it changes.

Stores, menus, answers and the like are read on every page and changed a few times a day. `kept` makes a thing once and gives the same
one to every request, until somebody writes to one of the tables that `watch` names. Whoever writes, by whatever way (a page, a command,
another process; save, update, delete), gives the mark in the database a new value, in the same transaction. Each request reads the mark
once: what it finds kept under another mark is forgotten. So nothing stale is shown, not even for a second.

    kept(("menu", store.pk), lambda: list(store.links.all()))

What is kept is shared between requests: never change it, and put into its name everything it depends on besides the settings.
"""

import re
import secrets
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

#: More things than this are not kept at once: names made of what visitors send must not fill the memory.
MOST = 3000
TABLE = "common_settingsmark"
_WRITE = re.compile(
    r'\s*(?:(INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"?([a-z0-9_]+)"?(?:\s+SET\s+"?([a-z0-9_]+))?|TRUNCATE\b)',
    re.IGNORECASE,
)


_watched = {}  # table: its columns that are no settings


class _Kept:
    """Things that were made while the mark had this value."""

    def __init__(self, mark):
        self.mark, self.things = mark, {}


class _Request:
    """The things that one request goes by. One that wrote settings itself reads the mark each time: what it wrote may be undone.

    `is_blind`: the database did not answer. It is not asked again for what can be made without it.
    """

    kept, has_written, is_blind = None, False, False


_latest = _Kept(None)
_request: ContextVar[_Request | None] = ContextVar("kept", default=None)


def kept(name, make):
    """The thing of this name (a tuple), as `make()` returned it under the present settings."""
    things = _present().things
    if name not in things:
        if len(things) >= MOST:
            things.clear()
        things[name] = thing = make()
        return thing
    return things[name]


def kept_or_made(name, make):
    """The same for what has to be there in any case, such as the frame of an error page: made anew where no request runs, and where the
    database is away."""
    request = _request.get()
    if request is None or request.is_blind:
        return make()
    try:
        _present()
    except DatabaseError:
        request.is_blind = True
        return make()
    return kept(name, make)


@contextmanager
def mark_read_once():
    """Inside, the mark is read when it is first needed, and again after a write of one's own. Elsewhere each time."""
    token = _request.set(_Request())
    try:
        yield
    finally:
        _request.reset(token)


def watch(*labels, besides=()):
    """These tables hold settings. `besides`: columns that do not count when a statement sets them (first)."""
    for label in labels:
        model = apps.get_model(label)
        _watched[model._meta.db_table] = frozenset(besides)
        for field in model._meta.many_to_many:
            _watched[field.m2m_db_table()] = frozenset()


def watch_connection(connection, **_of_signal):
    """In front of the wrappers of others: those who add one for a while take the last one away again."""
    if connection.alias == DEFAULT_DB_ALIAS and _noticing not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _noticing)


def _noticing(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if isinstance(sql, str) and _is_of_settings(sql):
        _renew_mark(context["connection"])
    return result


def _is_of_settings(sql):
    found = _WRITE.match(sql)
    if not found:
        return False
    verb, table, column = found.groups()
    return verb is None or (table in _watched and column not in _watched[table])


def _renew_mark(connection):
    """After the write, never before it: between the two others may read, and what they keep must not be older than its mark.

    A mark is drawn, not counted: a transaction that is rolled back must never have used the mark of a later one.
    """
    request = _request.get()
    if request:
        request.kept, request.has_written = None, True
    mark = secrets.token_hex(8)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET mark = %s", [mark])  # noqa: S608  a constant
        if not cursor.rowcount:  # the database was emptied
            cursor.execute(f"INSERT INTO {TABLE} (id, mark) VALUES (1, %s) ON CONFLICT DO NOTHING", [mark])  # noqa: S608


def _present():
    """What may be used now. Where there is no mark (in an emptied database, until a setting is written), nothing is kept."""
    global _latest  # noqa: PLW0603  one for the process; two threads that set it at once set the same
    request = _request.get()
    if request and request.kept:
        return request.kept
    mark = _read_mark()
    present = _latest
    if mark is None or present.mark != mark:
        present = _Kept(mark)
        if mark is not None:
            _latest = present
    if request and not request.has_written:
        request.kept = present
    return present


def _read_mark():
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT mark FROM {TABLE}")  # noqa: S608  a constant
        row = cursor.fetchone()
    return row and row[0]
