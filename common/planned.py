"""Statements that PostgreSQL plans once, however often they come with other values.

Django writes values into its statements itself, so that to PostgreSQL each is a new one, to be read and planned again: of a question with
many joins that takes longer than the answer. Here the values go beside the statement, whose text stays the same; after PREPARE_AFTER times
the server keeps it, and often its plan, for the connection. SQLite keeps its statements by itself.
"""

import re
from functools import cache

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections

_PLACE = re.compile(r"%(%|s)")


def planned_cursor(connection):
    """As `connection.cursor()`, for a statement that comes again and again. The types of its values must follow from where they stand."""
    # Where statements are written down, they are with their values.
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    # What connection.cursor() does, with a cursor of ours.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection._prepare_cursor(_cursor_class()(connection.connection))


def planned_rows(queryset):
    """The rows of a queryset of values, as tuples, by a statement that comes again: for numbers and words that need no converting."""
    try:
        sql, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    with planned_cursor(connections[queryset.db]) as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def with_constants(sql, parameters, places, connection):
    """The statement with all its parameters but those at these places written into it, as PostgreSQL reads them: what never changes helps its plans."""
    from psycopg.sql import Literal

    values = iter(enumerate(parameters))

    def write(found):
        if found[1] == "%":
            return "%%"
        place, value = next(values)
        return "%s" if place in places else Literal(value).as_string(connection.connection).replace("%", "%%")

    return _PLACE.sub(write, sql)


@cache
def _cursor_class():
    """Made when the first is needed: who runs on SQLite loads no driver of PostgreSQL."""
    from psycopg import Cursor
    from psycopg.adapt import AdaptersMap
    from psycopg.errors import FeatureNotSupported
    from psycopg.pq import TransactionStatus
    from psycopg.types.datetime import TimestamptzLoader
    from psycopg.types.numeric import Int8

    def sized(value):
        """Whole numbers are sent as what ids are, whatever their size: else a statement would be another one for each size."""
        if type(value) is int:
            return Int8(value)
        if type(value) in {list, tuple}:
            return [sized(each) for each in value]
        return {name: sized(each) for name, each in value.items()} if type(value) is dict else value

    class PlannedCursor(Cursor):
        @property
        def adapters(self):
            """As its connection turns words of the database into values, but moments by the driver's compiled code: in UTC, as Django sets
            every connection to. Django's own reader is Python, and fifty rows of a list have two hundred moments."""
            connection = self.connection
            if "planned_adapters" not in connection.__dict__:
                connection.planned_adapters = AdaptersMap(connection.adapters)
                connection.planned_adapters.register_loader("timestamptz", TimestamptzLoader)
            return connection.planned_adapters

        def execute(self, query, params=None, **options):
            # Set for this statement alone: the connection would else count, and keep the words of, all that Django writes for one occasion.
            self.connection.prepare_threshold = settings.PREPARE_AFTER or None
            try:
                return super().execute(query, sized(params), **options)
            except FeatureNotSupported:
                # A migration changed the type of what it answers, and the server holds on to the old one.
                if self.connection.info.transaction_status != TransactionStatus.IDLE:
                    self.connection.close()  # nothing more can be asked in this transaction; the next one has a new connection
                    raise
                return super().execute(query, sized(params), prepare=False)
            finally:
                if not self.connection.closed:
                    self.connection.prepare_threshold = None

    return PlannedCursor
