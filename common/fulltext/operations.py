"""For migrations: what a database needs of its own to search a table of documents."""

from django.db.migrations.operations.base import Operation

from common.fulltext import postgres, sqlite
from common.fulltext.index import FullText

_ENGINES = {module.VENDOR: module for module in (postgres, sqlite)}


class CreateFullText(Operation):
    """Behind CreateModel of the documents; not behind a change that makes their table anew, which on SQLite loses its trigger."""

    reversible = True
    elidable = False

    def __init__(self, table, *, key, zones):
        self.table, self.key, self.zones = table, key, zones

    def deconstruct(self):
        return type(self).__name__, [self.table], {"key": self.key, "zones": self.zones}

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, "create")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, "drop")

    def _run(self, schema_editor, what):
        engine = _ENGINES[schema_editor.connection.vendor]
        for sql in getattr(engine, what)(FullText(self.table, key=self.key, zones=self.zones)):
            schema_editor.execute(sql)

    def describe(self):
        return f"Full text of {self.table}"


class SetWaiting(Operation):
    """Let so many kilobytes of new words wait for their place in the index of PostgreSQL; `before`: as many as did until then."""

    reversible = True
    elidable = True

    def __init__(self, table, limit, before):
        self.table, self.limit, self.before = table, limit, before

    def deconstruct(self):
        return type(self).__name__, [self.table, self.limit, self.before], {}

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, self.limit)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, self.before)

    def _run(self, schema_editor, limit):
        if schema_editor.connection.vendor == postgres.VENDOR:
            for sql in postgres.set_waiting(FullText(self.table, key="", zones=()), limit):
                schema_editor.execute(sql)

    def describe(self):
        return f"How long the list may be of what waits for the full text of {self.table}"
