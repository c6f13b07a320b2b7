"""The database itself refuses to change or remove a line, whoever asks: our own code, a console, another program.

What goes past triggers is told to owners in docs/owners/audit-log.md: dropping them, or exchanging the whole file.
A migration that remakes the table on SQLite takes its triggers along; it ends with `put_up`. A test notices.
"""

TABLE = "audit_auditline"
NEVER_CHANGED = "Lines of the audit log are never changed."
NEVER_REMOVED = "Lines of the audit log are never removed."

SQLITE = {
    "audit_never_changed": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{NEVER_CHANGED}'); END",
    "audit_never_removed": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{NEVER_REMOVED}'); END",
    # INSERT OR REPLACE removes the row that was there without asking the trigger above.
    "audit_never_replaced": (
        f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{NEVER_CHANGED}'); END"
    ),
}
POSTGRESQL = {
    "audit_never_changed": f"BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse('{NEVER_CHANGED}')",
    "audit_never_removed": f"BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse('{NEVER_REMOVED}')",
    "audit_never_emptied": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('{NEVER_REMOVED}')",
}
FUNCTION = """
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
#: Those that stand in the way of emptying the whole database, which only tests do.
AGAINST_EMPTYING = {"audit_never_removed", "audit_never_emptied"}


def put_up(connection):
    """Have all triggers in place. Safe to run twice."""
    take_down(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name, words in _triggers(connection).items():
            cursor.execute(f"CREATE TRIGGER {name} {words}")


def take_down(connection, names=None):
    """Without `names` all of them."""
    with connection.cursor() as cursor:
        for name in _triggers(connection).keys() & (names or _triggers(connection).keys()):
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor == "postgresql" and names is None:
            cursor.execute("DROP FUNCTION IF EXISTS audit_refuse()")


def missing(connection):
    """Names of the triggers that are not in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'", [TABLE])
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        return sorted(_triggers(connection).keys() - {name for (name,) in cursor.fetchall()})


def _triggers(connection):
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor]
