"""New rows, stored by statements that are written once.

`save()` builds and writes the INSERT of its model anew for every row, and asks everybody who listens to signals. Of what every message of a
ticket stores, that takes longer than the database does:

    store(message)
    store(*deliveries, unless_there=True)
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections

from common.planned import planned_cursor

#: Rows in one statement: of the widest table here, SQLite takes no more.
MOST = 25


def store(*rows, unless_there=False):
    """Store these new rows of one model, as save() would, but without signals. They know their ids afterwards.

    `unless_there`: leave alone what a unique constraint says is there already. Then nobody learns any ids.
    """
    for start in range(0, len(rows), MOST):
        _store(rows[start : start + MOST], unless_there)


def _store(rows, unless_there):
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = _statement(type(rows[0]), len(rows), unless_there, connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields]
    with planned_cursor(connection) as cursor:
        cursor.execute(sql, values)
        pks = [None] * len(rows) if unless_there else [pk for (pk,) in cursor.fetchall()]
    for row, pk in zip(rows, pks, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _statement(model, count, unless_there, vendor):
    """(its SQL, the fields in their order). The key is counted by the database."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    end = "ON CONFLICT DO NOTHING" if unless_there else f"RETURNING {quote(model._meta.pk.column)}"
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {marks} {end}", fields
