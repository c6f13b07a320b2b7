"""The full text in SQLite: a table of FTS5 beside the one of the documents, a column for each zone.

The words are cut already; the tokenizer parts them at spaces and takes every other sign for a letter.
"""

from common.fulltext.cutting import GAP
from common.fulltext.questions import PLACE, stored

VENDOR = "sqlite"
LEADING = "{pk} IN ({sql})"
HAS_PARTS = False  # the table is in the order of its ids


class Syntax:
    """Questions in the words of FTS5. Words hold letters and digits only; they stand in quotes, so that none becomes a sign of the language."""

    @staticmethod
    def word(word):
        return f'"{word}"'

    @staticmethod
    def beginning(word):
        return f'"{word}"*'

    @staticmethod
    def neighbours(words, term):
        return f'"{" ".join(words)}"' + ("" if term.is_exact else "*")

    @staticmethod
    def all(parts):
        return _joined(parts, " AND ")

    @staticmethod
    def either(parts):
        return _joined(parts, " OR ")

    @staticmethod
    def but_not(part, denied):
        denied = Syntax.either(denied)
        return f"({part} NOT {denied})" if denied else part


def _joined(parts, sign):
    parts = [part for part in parts if part]
    return f"({sign.join(parts)})" if len(parts) > 1 else parts[0] if parts else None


def create(index):
    columns = ", ".join([*index.zones, "place"])
    yield f'CREATE VIRTUAL TABLE {index.table}_words USING fts5({columns}, tokenize = "ascii")'
    yield (
        f"CREATE TRIGGER {index.table}_gone AFTER DELETE ON {index.table} "
        f"BEGIN DELETE FROM {index.table}_words WHERE rowid = OLD.{index.key}; END"
    )


def drop(index):
    yield f"DROP TRIGGER IF EXISTS {index.table}_gone"
    yield f"DROP TABLE IF EXISTS {index.table}_words"


def prepared(index, rows):
    """The rows of the words: (pk, place, [tokens of each zone]) as they are stored."""
    return [
        (
            pk,
            *(_stored(pk, letter, words) for letter, words in zip(index.letters, zones, strict=True)),
            "" if place is None else stored(pk, PLACE, place),
        )
        for pk, place, zones in rows
    ]


def put(index, cursor, notes, rows):
    """Take in what was prepared; nothing of it is there yet."""
    cursor.executemany(f"INSERT INTO {index.table} ({index.key}, indexed_at, size) VALUES (%s, %s, %s)", notes)
    marks = ", ".join(["%s"] * (len(index.zones) + 2))
    cursor.executemany(f"INSERT INTO {index.table}_words (rowid, {', '.join(index.zones)}, place) VALUES ({marks})", rows)


def forget_words(index, cursor, pks):
    cursor.executemany(f"DELETE FROM {index.table}_words WHERE rowid = %s", [(pk,) for pk in pks])


def append_words(index, cursor, pk, zones, size):
    """These zones go on, {zone: words}, each behind a gap; the whole is of this size then."""
    changes = ", ".join(f"{zone} = {zone} || ' {GAP} ' || %s" for zone in zones)
    words = [_stored(pk, index.letter(zone), words) for zone, words in zones.items()]
    cursor.execute(f"UPDATE {index.table}_words SET {changes} WHERE rowid = %s", [*words, pk])
    cursor.execute(f"UPDATE {index.table} SET size = %s WHERE {index.key} = %s", [size, pk])


def change_words(index, cursor, pk, zone, words):
    cursor.execute(f"UPDATE {index.table}_words SET {zone} = %s WHERE rowid = %s", [_stored(pk, index.letter(zone), words), pk])


def change_place(index, cursor, pk, place):
    cursor.execute(f"UPDATE {index.table}_words SET place = %s WHERE rowid = %s", [stored(pk, PLACE, place), pk])


def _stored(pk, letter, words):
    start = stored(pk, letter, "")
    return start + words.replace(" ", f" {start}") if words else ""


def found(index, asked, *, low=None, high=None, among=None):
    """SQL for the ids that answer, and its parameters."""
    sql, params = f"SELECT rowid FROM {index.table}_words WHERE {index.table}_words MATCH %s", [asked]
    if low is not None:
        sql, params = f"{sql} AND rowid >= %s", [*params, low]
    if high is not None:
        sql, params = f"{sql} AND rowid < %s", [*params, high]
    if among is not None:  # the plus keeps SQLite from asking the index once for each of them
        sql, params = f"{sql} AND +rowid IN ({', '.join(['%s'] * len(among))})", [*params, *among]
    return sql, params
