"""What each of the two databases does to take millions of rows quickly, and to be as it was afterwards."""

from contextlib import contextmanager

from django.db import connection

from helpdesk.generating.tables import TABLES

#: Their indexes are made anew in one go after the rows are there. The tables of people stay as they are: small, and never without guard.
LAID_ASIDE = [table.name for name, table in TABLES.items() if name not in {"users", "addresses"}]


def database():
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


class SQLite:
    as_lines = False

    @contextmanager
    def in_a_hurry(self):
        """Without waiting for the disk. A journal stays: a process that is killed leaves a whole database, a power failure may not."""
        connection.ensure_connection()
        for order in ("foreign_keys=OFF", "journal_mode=TRUNCATE", "synchronous=OFF", "cache_size=-400000"):
            self._order(f"PRAGMA {order}")
        try:
            yield
        finally:
            self._order("PRAGMA journal_mode=WAL")
            connection.close()  # the next one begins with the product's own settings

    def write(self, table, rows):
        columns = ", ".join(f'"{column}"' for column in table.columns)
        signs = ", ".join("?" * len(table.columns))
        connection.ensure_connection()
        connection.connection.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({signs})', rows)  # noqa: S608

    def reserve(self, table, last):
        """New rows of the product get ids behind this one."""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table.name])
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])

    def lay_indexes_aside(self):
        """Drop the indexes of the big tables. Returns the orders that bring them back."""
        names = ", ".join(f"'{name}'" for name in LAID_ASIDE)
        found = self._order(f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})")
        for name, _sql in found:
            self._order(f'DROP INDEX "{name}"')
        return [sql for _name, sql in found]

    def bring_back(self, orders):
        for order in orders:
            self._order(order)

    def finish(self):
        self._order("PRAGMA analysis_limit=4000")
        self._order("ANALYZE")

    def size(self):
        ((pages,),), ((page,),) = self._order("PRAGMA page_count"), self._order("PRAGMA page_size")
        return pages * page

    @staticmethod
    def _order(order):
        with connection.cursor() as cursor:
            cursor.execute(order)
            return cursor.fetchall()


class PostgreSQL:
    as_lines = True

    @contextmanager
    def in_a_hurry(self):
        self._order("SET synchronous_commit = off")
        self._order("SET maintenance_work_mem = '256MB'")
        try:
            yield
        finally:
            for setting in ("synchronous_commit", "maintenance_work_mem"):
                self._order(f"RESET {setting}")

    def write(self, table, lines):
        columns = ", ".join(f'"{column}"' for column in table.columns)
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for start in range(0, len(lines), 1 << 20):
                copy.write(lines[start : start + (1 << 20)])

    def reserve(self, table, last):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{table.name}"'])
            (sequence,) = cursor.fetchone()
            if sequence:
                cursor.execute(f"SELECT setval(%s, greatest(%s, (SELECT last_value FROM {sequence})))", [sequence, last])  # noqa: S608

    def lay_indexes_aside(self):
        """Drop the indexes, unique and foreign keys of the big tables, all but the primary keys. Returns the orders that bring them back."""
        places = ", ".join(f"'\"{name}\"'::regclass" for name in LAID_ASIDE)
        constraints = self._ask(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            f" WHERE contype IN ('u', 'f') AND conrelid IN ({places}) ORDER BY contype DESC, conname"
        )
        for table, name, _definition in constraints:
            self._order(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        indexes = self._ask(
            f"SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN ({places}) AND NOT indisprimary"
        )
        for name, _definition in indexes:
            self._order(f"DROP INDEX {name}")
        return [
            *(definition for _name, definition in indexes),
            *(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in constraints),
        ]

    def bring_back(self, orders):
        for order in orders:
            self._order(order)

    def finish(self):
        """As the database's own housekeeping would have left it by and by."""
        for table in TABLES.values():
            self._order(f'VACUUM (ANALYZE) "{table.name}"')

    def size(self):
        return self._ask("SELECT pg_database_size(current_database())")[0][0]

    @staticmethod
    def _order(order):
        with connection.cursor() as cursor:
            cursor.execute(order)

    @staticmethod
    def _ask(question):
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()
