"""For migrations: indexes that Django makes by itself and that nobody needs. Each row that comes has to find its place in every one of them."""

from django.db.migrations.operations.base import Operation

LIKE = "_like"


class DropSpareIndex(Operation):
    """Drop Django's own index of a column, where another one begins with it; `LIKE` for the second one that it gives texts on PostgreSQL.

    Where the model says `db_index=False`, this stands for AlterField in the database, which would copy the table on SQLite and look through
    all of it for its foreign key on PostgreSQL.
    """

    reversible = True
    elidable = True

    def __init__(self, table, column, suffix=""):
        self.table, self.column, self.suffix = table, column, suffix

    def deconstruct(self):
        return type(self).__name__, [self.table, self.column, *filter(None, [self.suffix])], {}

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute(f"DROP INDEX IF EXISTS {self._name(schema_editor)}")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if self.suffix and schema_editor.connection.vendor != "postgresql":
            return
        operators = " varchar_pattern_ops" if self.suffix else ""
        name, table, column = self._name(schema_editor), schema_editor.quote_name(self.table), schema_editor.quote_name(self.column)
        schema_editor.execute(f"CREATE INDEX {name} ON {table} ({column}{operators})")

    def _name(self, schema_editor):
        return schema_editor.quote_name(schema_editor._create_index_name(self.table, [self.column], suffix=self.suffix))

    def describe(self):
        return f"Drop a spare index of {self.table}"
