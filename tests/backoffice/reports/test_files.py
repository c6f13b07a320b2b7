"""Reports as files."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from exports import working
from exports.choices import Format, State
from exports.models import Export
from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.services import grant, withdraw
from surveys.choices import QuestionKind
from tests.backoffice.reports.test_pages import rate
from tests.exports.helping import fetched, read_csv
from tests.make import fresh, make_customer, make_department, make_staff
from tests.reports.making import make_question, make_said

pytestmark = pytest.mark.django_db

EXPORT = "/desk/reports/ratings/export/"


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def maria(support):
    maria = make_staff("Maria", support, role=RoleKey.OBSERVER)
    grant(maria, StoreRight.VIEW_REPORTS, support.stores.get())
    return maria


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}}


def ask(client, person, query="", kind=Format.CSV):
    """Have a file made as the page does, up to the row that a worker takes."""
    client.force_login(person)
    response = client.post(EXPORT + query, {"format": kind})
    assert response.status_code == 302, response.content.decode()[:500]
    return Export.objects.newest_first().first()


def table_of(client, export):
    assert working.write(export.pk)
    assert fresh(export).state == State.DONE, fresh(export).reason
    return read_csv(fetched(client, export))


def test_each_rating_is_a_row_with_the_owners_questions_as_columns(client, support, maria):
    alice = make_staff("Alice", support)
    good, bad = rate(support, 5, 2, person=alice, comment="Well done.")
    speed = make_question(support.stores.get(), QuestionKind.SCALE_10, "How fast?")
    why = make_question(support.stores.get(), QuestionKind.ONE, "Why?", choices=[("a", "The price"), ("b", "The words")], position=1)
    make_said(good, speed, number=9)
    make_said(bad, why, chosen=["b"])

    head, *rows = table_of(client, ask(client, maria, "?table=answers"))
    assert head[-2:] == ["How fast?", "Why?"]
    told = {row[0]: row for row in rows}
    assert told[good.ticket.number][9] == "5"
    assert told[good.ticket.number][-2:] == ["9", ""]
    assert told[bad.ticket.number][-2:] == ["", "The words"]
    assert told[bad.ticket.number][5] == "Alice"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t=", "\r="])
def test_a_comment_never_calculates(client, support, maria, first):
    from surveys.models import Survey

    (survey,) = rate(support, 5)
    Survey.objects.filter(pk=survey.pk).update(comment=f'{first}HYPERLINK("https://evil.example")')

    row = table_of(client, ask(client, maria, "?table=answers"))[1]
    assert row[11].startswith("'")


def test_a_spreadsheet_holds_words_as_words_and_numbers_as_numbers(client, support, maria):
    import openpyxl

    rate(support, *[4] * 6, comment="=1+1")
    export = ask(client, maria, "?table=answers", Format.XLSX)
    working.write(export.pk)
    sheet = openpyxl.load_workbook(io.BytesIO(fetched(client, export))).active

    assert (sheet.cell(2, 10).value, sheet.cell(2, 10).data_type) == (4, "n")
    assert sheet.cell(2, 12).data_type == "s"


@pytest.mark.parametrize("table", ["people", "departments", "time", "scores", "helped", "questions"])
def test_every_table_is_a_file(client, support, maria, table):
    alice = make_staff("Alice", support)
    surveys = rate(support, 5, 5, 5, 4, 4, person=alice)
    make_said(surveys[0], make_question(support.stores.get(), QuestionKind.SCALE_5, "How fast?"), number=3)

    head, *rows = table_of(client, ask(client, maria, f"?table={table}&period=7"))
    assert rows
    assert all(len(row) == len(head) for row in rows)
    if table == "people":
        assert rows[0][:4] == ["Alice", "5", "4.6", "100.0"]
    if table == "time":
        assert len(rows) == 7
    if table == "questions":
        assert ["How fast?", "3", "1"] in rows


def test_a_file_is_of_the_days_it_was_asked_for(client, support, maria, time_machine):
    rate(support, 5, 5, days=2)
    export = ask(client, maria, "?table=answers&period=7")
    time_machine.move_to(timezone.now() + timedelta(days=9))
    rate(support, 1, days=1)

    assert [row[9] for row in table_of(client, export)[1:]] == ["5", "5"]


def test_what_may_not_be_seen_is_in_no_file(client, support, maria):
    sales = make_department("Sales", store=support.stores.get())
    rate(sales, 1, comment="About Sales.", person=make_staff("Bob", sales))
    rate(support, 5, comment="Plain to see.")

    assert [row[11] for row in table_of(client, ask(client, maria, "?table=answers"))[1:]] == ["Plain to see."]
    assert [row[0] for row in table_of(client, ask(client, maria, "?table=departments"))[1:]] == ["Support"]


def test_names_are_covered_as_on_the_page(client, support):
    reader = make_staff("Reader", support, role=RoleKey.OBSERVER, sees_customers=False)
    grant(reader, StoreRight.VIEW_REPORTS, support.stores.get())
    rate(support, 5, comment="Regards, Kasia Nowak", customer=make_customer("Kasia Nowak"))

    row = table_of(client, ask(client, reader, "?table=answers"))[1]
    assert "Nowak" not in " ".join(row)
    assert "Regards" in row[11]


def test_a_right_that_was_lost_meanwhile_leaves_no_file(client, support, maria):
    rate(support, 5)
    export = ask(client, maria, "?table=answers")
    withdraw(maria, StoreRight.VIEW_REPORTS, support.stores.get())
    working.write(export.pk)

    assert fresh(export).state == State.ENDED


def test_a_department_that_was_closed_to_them_meanwhile_ends_the_file(client, support, maria):
    rate(support, 5)
    export = ask(client, maria, "?table=people")
    working.write(export.pk)
    withdraw(maria, DepartmentRight.VIEW, support)

    assert client.get(f"/desk/exports/{export.pk}/file/").status_code == 410
