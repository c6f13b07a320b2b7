"""Rows that are stored, and changed, by statements that are written once.

`save()` builds and writes the INSERT of its model anew for every row, and asks everybody who listens to signals. Of what every message of a
ticket stores, that takes longer than the database does:

    store(message)
    store(*deliveries, unless_there=True)
    change(ticket, "status", "closed_at")
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

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
    fields = _fields(type(rows[0]))
    values = [[field.pre_save(row, add=True) for field in fields] for row in rows]
    # What is NULL in all of them is left out: fewer values to send, and the statement is the same for whoever has the same to say.
    given = tuple(place for place in range(len(fields)) if any(row[place] is not None for row in values))
    sql = _insert(type(rows[0]), given, len(rows), unless_there, connection.vendor)
    parameters = [fields[place].get_db_prep_save(row[place], connection) for row in values for place in given]
    with planned_cursor(connection) as cursor:
        cursor.execute(sql, parameters)
        pks = [None] * len(rows) if unless_there else [pk for (pk,) in cursor.fetchall()]
    for row, pk in zip(rows, pks, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _fields(model):
    """All but the key, which the database counts."""
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insert(model, given, count, unless_there, vendor):
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = _fields(model)
    columns = ", ".join(quote(fields[place].column) for place in given)
    marks = ", ".join([f"({', '.join(['%s'] * len(given))})"] * count)
    end = "ON CONFLICT DO NOTHING" if unless_there else f"RETURNING {quote(model._meta.pk.column)}"
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {marks} {end}"


def change(row, *names):
    """Store these fields of a row that is there, as save(update_fields=…) would, but without signals. A row that was given a `save` of its
    own, as one that was covered for its reader, decides by it."""
    if "save" in row.__dict__:
        row.save(update_fields=names)
        return
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = _change(type(row), names, connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with planned_cursor(connection) as cursor:
        cursor.execute(sql, [*values, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError("The row is not there any more.")


@cache
def _change(model, names, vendor):
    """(its SQL, the fields in their order)."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = [model._meta.get_field(name) for name in dict.fromkeys(names)]
    changes = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {quote(model._meta.pk.column)} = %s", fields
