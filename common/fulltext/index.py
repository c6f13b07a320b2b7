"""An index of documents: one for each row of a table, in a few zones."""

from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection, transaction
from django.utils import timezone

from common.fulltext import postgres, sqlite
from common.fulltext.questions import LETTERS
from common.planned import planned_cursor

#: `indexed_at` of what the migrations made from old columns, and of what is to be made anew.
OLD = datetime(2000, 1, 1, tzinfo=UTC)
#: What is kept of one document, in characters of its words.
ROOM = 150_000
_ENGINES = {module.VENDOR: module for module in (postgres, sqlite)}


class FullText:
    """The index over a table of documents (a model with the columns of common.fulltext.models.Document).

    `key`: the column with the id of what is indexed, the primary key. Words are given as token strings (cutting.indexed).
    A document keeps its first ROOM characters; what is said after that in one ticket is not found any more.
    Each change belongs to the transaction in which it is made; one that fails undoes that as a whole.
    """

    def __init__(self, table, *, key, zones):
        self.table, self.key, self.zones = table, key, tuple(zones)
        self.letters = LETTERS[: len(self.zones)]

    def letter(self, zone):
        return LETTERS[self.zones.index(zone)]

    def letters_of(self, zones):
        return self.letters if zones is None else "".join(self.letter(zone) for zone in self.zones if zone in zones)

    @property
    def engine(self):
        return _ENGINES[connection.vendor]

    def write(self, rows):
        """Have these documents and no others of the same ids: (pk, place or None, [words of each zone])."""
        rows = list(rows)
        with transaction.atomic(savepoint=False):
            self.remove([pk for pk, _place, _zones in rows])
            self.load(rows)

    def append(self, pk, zones):
        """Let the document be found by these words too, {zone: words}, as far as there is room. False where there is no document to go on with."""
        size = self._size(pk)
        if size is None:
            return False
        fitting = dict(zip(zones, _fitting(list(zones.values()), ROOM - size), strict=True))
        fitting = {zone: words for zone, words in fitting.items() if words}
        if fitting:
            with transaction.atomic(savepoint=False), planned_cursor(connection) as cursor:
                self.engine.append_words(self, cursor, pk, fitting, size + sum(map(len, fitting.values())))
        return True

    def change(self, pk, zone, words):
        """Exchange one zone. False where there is no document."""
        if self._size(pk) is None:
            return False
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            self.engine.change_words(self, cursor, pk, zone, _cut(words, ROOM))
        return True

    def change_place(self, pk, place):
        with connection.cursor() as cursor:
            self.engine.change_place(self, cursor, pk, place)

    def remove(self, pks):
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self.table} WHERE {self.key} = %s", [(pk,) for pk in pks])

    def load(self, rows):
        """Take in many documents that are not there yet: (pk, place or None, [words of each zone])."""
        self.put(self.prepared(rows))

    def prepared(self, rows):
        """The same rows as this database takes them. It is not asked for anything, so another process may do this for `put`."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        rows = [(pk, place, _fitting(zones)) for pk, place, zones in rows]
        notes = [(pk, now, sum(map(len, zones))) for pk, _place, zones in rows]
        return notes, self.engine.prepared(self, rows)

    def put(self, prepared):
        """Take in what was `prepared`."""
        notes, words = prepared
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            self.engine.put(self, cursor, notes, words)

    def place_waiting(self):
        """Give what was written last its place in the index of PostgreSQL, so that nobody who writes has to."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(postgres.place_waiting(self))

    @contextmanager
    def without_index(self):
        """For loading very many: the index of PostgreSQL is made anew at the end. Nothing is found fast meanwhile."""
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute(postgres.drop_index(self))
        try:
            yield
        except BaseException:
            if not connection.in_atomic_block:  # else it comes back with everything else
                self._make_index()
            raise
        self._make_index()

    def _make_index(self):
        if connection.in_atomic_block:  # PostgreSQL wants to have checked the new rows first
            connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '256MB'")
            cursor.execute(postgres.create_index(self))
            cursor.execute("RESET maintenance_work_mem")

    def last_pk(self, connection=connection):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max({self.key}) FROM {self.table}")
            return cursor.fetchone()[0]

    def _size(self, pk):
        with planned_cursor(connection) as cursor:
            cursor.execute(f"SELECT size FROM {self.table} WHERE {self.key} = %s", [pk])
            row = cursor.fetchone()
        return row[0] if row else None


def _fitting(zones, room=ROOM):
    """What there is room for: of the shortest zones first, so that much text never drives out a name."""
    kept = list(zones)
    for place in sorted(range(len(zones)), key=lambda place: len(zones[place])):
        kept[place] = _cut(zones[place], room)
        room -= len(kept[place])
    return kept


def _cut(words, room):
    """So many characters of a token string, in whole words."""
    return words if len(words) <= room else words[: max(room, 0) + 1].rpartition(" ")[0]
