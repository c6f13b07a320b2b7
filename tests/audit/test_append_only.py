"""Lines of the audit log are added, never changed and never removed: not by our code, and not past it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from audit.choices import Deed
from audit.log import note
from audit.models import AuditLine, LineIsFinal
from audit.triggers import AGAINST_EMPTYING, missing, put_up, take_down
from tests.make import fresh, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(db):
    put_up(connection)
    return note(Deed.SIGNED_IN, by=make_person("Alice"))


def refused(sql, *values):
    """Whether the database itself says no."""
    with pytest.raises(DatabaseError, match="never (changed|removed)"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_refuses_to_change_a_line(line):
    refused("UPDATE audit_auditline SET actor_name = 'Bob' WHERE id = %s", line.pk)
    assert fresh(line).actor_name == "Alice"


def test_the_database_refuses_to_remove_a_line(line):
    refused("DELETE FROM audit_auditline WHERE id = %s", line.pk)
    assert fresh(line) == line


def test_the_database_refuses_to_put_another_line_in_its_place(line):
    columns = ", ".join(field.column for field in AuditLine._meta.concrete_fields)
    values = columns.replace("actor_name", "'Bob'")
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO audit_auditline ({columns}) SELECT {values} FROM audit_auditline WHERE id = %s", line.pk)
    else:
        refused(
            f"INSERT INTO audit_auditline ({columns}) SELECT {columns} FROM audit_auditline WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET actor_name = 'Bob'",
            line.pk,
        )
    assert fresh(line).actor_name == "Alice"


def test_the_database_refuses_to_empty_the_log(line):
    refused("DELETE FROM audit_auditline" if connection.vendor == "sqlite" else "TRUNCATE audit_auditline")
    assert AuditLine.objects.count() == 1


def test_our_own_code_refuses_before_the_database_is_asked(line):
    again = AuditLine(pk=line.pk, deed=Deed.SIGNED_OUT)
    for change in (
        line.save,
        line.delete,
        lambda: line.save_base(raw=True),
        lambda: AuditLine.objects.filter(pk=line.pk).update(reason="none"),
        lambda: AuditLine._base_manager.filter(pk=line.pk).update(reason="none"),
        lambda: AuditLine.objects.filter(pk=line.pk).delete(),
        lambda: AuditLine.objects.filter(pk=line.pk)._raw_delete("default"),
        lambda: AuditLine.objects.bulk_update([line], ["reason"]),
        lambda: AuditLine.objects.update_or_create(pk=line.pk, defaults={"reason": "none"}),
        lambda: AuditLine.objects.bulk_create([again], update_conflicts=True, update_fields=["reason"], unique_fields=["id"]),
    ):
        with pytest.raises(LineIsFinal):
            change()
    with pytest.raises(DatabaseError), transaction.atomic():
        again.save()
    assert fresh(line).deed == Deed.SIGNED_IN


def test_a_person_can_go_and_the_line_keeps_the_name(line):
    line.actor.delete()

    assert fresh(line).actor_name == "Alice"
    assert fresh(line).actor_id == line.actor_id


def test_the_guard_stands_after_all_migrations_and_can_be_taken_down():
    """Whoever remakes the table in a migration loses its triggers on SQLite, and reads about it here."""
    assert set(missing(connection)) <= AGAINST_EMPTYING, "the run of the tests took only these down"
    put_up(connection)
    assert missing(connection) == []

    line = note(Deed.SIGNED_IN, name="Alice")
    take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditline SET actor_name = 'Bob'")
    assert fresh(line).actor_name == "Bob"


def test_the_migration_that_puts_the_guard_up_can_be_reversed():
    graph = MigrationExecutor(connection).loader.graph
    operation = graph.nodes["audit", "0001_first_version"].operations[-1]
    assert operation.reversible
