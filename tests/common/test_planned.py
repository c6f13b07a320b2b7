"""Statements that come again: the same answers as from the usual cursor, and to PostgreSQL one statement whatever the values."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Value
from django.utils import timezone

from common.planned import planned_cursor
from common.prepared import Prepared
from departments.models import Department
from tests.make import make_department

pytestmark = pytest.mark.django_db
#: SQLite keeps its statements by itself, and tells nobody.
IS_POSTGRES = connection.vendor == "postgresql"


def answer(sql, *params):
    with planned_cursor(connection) as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def kept_statements(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall() if words in statement]


def test_words_and_numbers_are_found_as_by_the_usual_cursor():
    department = make_department("Support 100%")
    table = Department._meta.db_table

    assert answer(f"SELECT id FROM {table} WHERE id = %s AND key = %s", department.pk, department.key) == [(department.pk,)]
    assert answer(f"SELECT id FROM {table} WHERE key LIKE '{department.key[:3]}%%' AND id < %s", 10**12) == [(department.pk,)]
    assert answer(f"SELECT id FROM {table} WHERE key = %s", "100%") == []


def test_the_server_keeps_one_statement_for_values_of_every_size():
    department = make_department("Support")

    sizes = (1, 40_000, 3_000_000_000, -1, department.pk)
    found = [answer("SELECT id AS of_every_size FROM departments_department WHERE id = %s", number) for number in sizes]

    assert found[-1] == [(department.pk,)]
    assert not IS_POSTGRES or len(kept_statements("of_every_size")) == 1


def test_what_was_written_for_one_occasion_pushes_nothing_out_that_comes_again():
    for _time in range(4):
        answer("SELECT id AS comes_again FROM departments_department WHERE id = %s", 1)
        for number in range(120):
            Department.objects.filter(pk=number).exists()

    assert not IS_POSTGRES or len(kept_statements("comes_again")) == 1


@pytest.mark.django_db(transaction=True)
def test_after_a_migration_changed_a_column_the_question_is_asked_anew():
    if not IS_POSTGRES:
        assert answer("SELECT 1") == [(1,)]
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_a_test (word varchar(5))")
        cursor.execute("INSERT INTO of_a_test VALUES ('yes')")
    try:
        for _time in range(5):
            assert answer("SELECT word FROM of_a_test WHERE word <> %s", "no") == [("yes",)]
        assert kept_statements("of_a_test WHERE")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE of_a_test ALTER word TYPE varchar(9)")

        assert answer("SELECT word FROM of_a_test WHERE word <> %s", "no") == [("yes",)]

        with pytest.raises(DatabaseError), transaction.atomic():
            answer("SELECT word FROM of_a_test WHERE word <> %s", "no")
        connection.close()
        with transaction.atomic():
            assert answer("SELECT word FROM of_a_test WHERE word <> %s", "no") == [("yes",)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE of_a_test")


def test_what_is_always_asked_alike_stands_in_the_statement():
    """As the server reads it: quotes, signs of percent, moments and yes or no."""
    support = make_department("Support")
    words, moment = "it's 50% off, %s", timezone.now() - timedelta(days=1)
    ask = Prepared(
        lambda pk: (
            Department.objects.filter(pk=pk, archived_at=None)
            .exclude(key="it's 50%")
            .annotate(words=Value(words), moment=Value(moment), is_so=Value(value=True))
            .order_by("pk")
        )
    )

    for _time in range(4):
        assert [(row, row.words, row.moment, row.is_so) for row in ask(pk=support.pk)] == [(support, words, moment, True)]
        assert ask(pk=support.pk + 1) == []

    if IS_POSTGRES:
        (statement,) = kept_statements("50% off")
        assert "$1" in statement
        assert "$2" not in statement
