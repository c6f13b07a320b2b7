"""The file of a list of tickets: what the list shows to its reader, in both formats, in their language, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from accounts.choices import Calendar
from audit.choices import Deed
from audit.models import AuditLine
from custom_fields.models import FieldKind
from exports import working
from exports.choices import State
from exports.models import Export
from notifications.models import Delivery
from tests.exports.helping import ask, fetched, read_csv, rows_of, sheet_of
from tests.make import make_customer, make_field, make_person, make_staff, make_status, make_ticket
from tickets.models import Ticket
from tickets.services.fields import write_values
from tickets.services.sharing import share_ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_at_once")]


def test_the_file_holds_the_list_newest_first(desk, support, after_commit):
    tickets = [make_ticket(f"Ticket {number}", department=support) for number in range(5)]
    head, *rows = rows_of(desk, after_commit)

    assert head[:3] == ["Number", "Subject", "Customer"]
    assert [row[0] for row in rows] == [ticket.number for ticket in reversed(tickets)]
    assert rows[0][7].endswith("+00:00")


def test_only_what_the_list_holds_and_its_reader_sees(desk, support, sales, after_commit):
    make_ticket("The grinder", department=support)
    make_ticket("The lid", department=support, priority=40)
    make_ticket("Of another department", department=sales)
    hidden = make_ticket("In a status that alice does not see", department=support)
    Ticket.objects.filter(pk=hidden.pk).update(status=make_status(make_ticket(department=sales).department.workflow))

    assert [row[1] for row in rows_of(desk, after_commit)[1:]] == ["The lid", "The grinder"]
    assert [row[1] for row in rows_of(desk, after_commit, "/desk/tickets/export/?view=all&priority=40")[1:]] == ["The lid"]
    assert [row[1] for row in rows_of(desk, after_commit, "/desk/tickets/export/?q=grinder")[1:]] == ["The grinder"]


def test_a_shared_ticket_is_among_them(desk_of, ticket, sales, alice, after_commit):
    bob = make_staff("Bob", sales)
    make_ticket("Bob's own", department=sales)
    share_ticket(ticket, user=bob, right="see", by=alice)

    assert {row[0] for row in rows_of(desk_of(bob), after_commit)[1:]} == {ticket.number, Ticket.objects.get(subject="Bob's own").number}


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_who_may_not_know_customers_finds_none_in_any_cell(desk_of, support, after_commit, format):
    kasia = make_customer("Kasia Nowakowska", email="kasia@mail.example", phone="+48601220214", company="Cafe Mirror")
    ticket = make_ticket("Nowakowska asks again", department=support, customer=kasia)
    write_values(ticket, {make_field("Remark"): "call Kasia, 601 220 214"})
    dan = desk_of(make_staff("Dan", support, sees_customers=False))

    content = fetched(dan, ask(dan, after_commit, format=format))
    told = content.decode() if format == "csv" else str([[cell.value for cell in row] for row in sheet_of(content)])

    assert ticket.number in told
    for name in ("Nowakowska", "Kasia", "kasia@mail.example", "601 220 214", "Cafe Mirror"):
        assert name not in told
    assert f"Customer {kasia.pk}" in told


def test_formulas_are_words_in_both(desk, support, after_commit):
    ticket = make_ticket('=HYPERLINK("http://evil.example","x")', department=support)
    write_values(ticket, {make_field("Code"): "@SUM(A1)", make_field("Fault"): "#REF!"})

    _head, row = rows_of(desk, after_commit)
    sheet = sheet_of(fetched(desk, ask(desk, after_commit, format="xlsx")))

    assert row[1] == '\'=HYPERLINK("http://evil.example","x")'
    assert row[-2:] == ["'@SUM(A1)", "#REF!"]
    assert [sheet.cell(2, column).value for column in (2, sheet.max_column - 1, sheet.max_column)] == [row[1], row[-2], row[-1]]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "d", "n"}


def test_a_spreadsheet_has_numbers_dates_and_a_frozen_head(desk, alice, support, after_commit):
    alice.time_zone = "Europe/Warsaw"
    alice.save()
    ticket = make_ticket(department=support)
    Ticket.objects.filter(pk=ticket.pk).update(created_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC), rating=4)
    write_values(ticket, {make_field("Amount", FieldKind.NUMBER): 12, make_field("Bought", FieldKind.DATE): date(2026, 2, 3)})

    sheet = sheet_of(fetched(desk, ask(desk, after_commit, format="xlsx")))
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}

    assert sheet.freeze_panes == "A2"
    assert not sheet.sheet_view.rightToLeft
    assert (row["Number"].value, row["Number"].data_type) == (ticket.number, "s")
    assert (row["Rating"].value, row["Amount"].value) == (4, 12)
    assert row["Opened"].value == datetime(2026, 3, 2, 0, 30)  # noqa: DTZ001  a cell knows no zone
    assert row["Bought"].value.date() == date(2026, 2, 3)
    assert row["Closed at"].value is None


def test_persian_readers_get_a_sheet_from_the_right_with_jalali_days(desk, alice, support, after_commit):
    alice.language, alice.calendar, alice.time_zone = "fa", Calendar.AUTO, "Asia/Tehran"
    alice.save()
    ticket = make_ticket("قهوه", department=support)
    Ticket.objects.filter(pk=ticket.pk).update(created_at=datetime(2026, 3, 21, 8, 0, tzinfo=UTC))

    sheet = sheet_of(fetched(desk, ask(desk, after_commit, format="xlsx")))

    assert sheet.sheet_view.rightToLeft
    assert sheet["B2"].value == "قهوه"
    assert sheet["H2"].value == "۱۴۰۵/۰۱/۰۱ ۱۱:۳۰"


def test_fields_of_a_team_and_secrets_are_not_in_it(desk, ticket, alice, after_commit):
    secret = make_field("Access", FieldKind.SECRET)
    write_values(ticket, {secret: "hunter2 opens it"}, by=alice)

    export = ask(desk, after_commit)

    assert "hunter2" not in fetched(desk, export).decode()
    assert "Access" not in fetched(desk, export).decode()


def test_a_list_that_is_too_long_is_cut_and_says_so(desk, support, after_commit, monkeypatch):
    monkeypatch.setattr(working, "MOST_ROWS", 3)
    monkeypatch.setattr(working, "AT_ONCE", 2)
    tickets = [make_ticket(f"Ticket {number}", department=support) for number in range(5)]

    export = ask(desk, after_commit)
    _head, *rows, end = read_csv(fetched(desk, export))

    assert [row[0] for row in rows] == [ticket.number for ticket in reversed(tickets[2:])]
    assert end == ["These are the first 3 tickets. There are more: narrow the list."]
    assert (export.rows_done, export.is_cut) == (3, True)


def test_a_file_that_is_too_large_is_cut_as_well(desk, support, after_commit, monkeypatch):
    monkeypatch.setattr(working, "MOST_BYTES", 10)
    monkeypatch.setattr(working, "AT_ONCE", 2)
    for number in range(5):
        make_ticket(f"Ticket {number}", department=support)

    *rows, _end = read_csv(fetched(desk, ask(desk, after_commit)))[1:]

    assert len(rows) == 2


def test_pages_of_ids_meet_without_a_gap(desk, support, after_commit, monkeypatch):
    monkeypatch.setattr("backoffice.tickets.exporting.IDS_AT_ONCE", 2)
    numbers = {make_ticket(department=support).number for _ in range(5)}

    rows = rows_of(desk, after_commit)[1:]

    assert (len(rows), {row[0] for row in rows}) == (5, numbers)


def test_who_asked_hears_of_it_and_looking_is_reading(desk, ticket, alice, after_commit):
    ask(desk, after_commit)
    notice = Delivery.objects.get(user=alice, template="exported")

    assert notice.notice == "The file of your list is ready: 1 row"
    assert "The file of your list is ready: 1 row" in desk.get("/desk/notices/").content.decode()
    assert notice.read_at is None
    page = desk.get("/desk/exports/").content.decode()
    notice.refresh_from_db()
    assert notice.read_at
    assert "1 row" in page
    assert "data-busy" not in page


def test_asking_and_fetching_stand_in_the_audit_log_without_the_words_of_a_search(desk, ticket, alice, after_commit):
    export = ask(desk, after_commit, f"/desk/tickets/export/?q={ticket.number}")
    fetched(desk, export)

    lines = [line.after for line in AuditLine.objects.filter(deed=Deed.EXPORTED, actor=alice).order_by("pk")]

    assert lines == [
        {"what": "tickets", "step": "asked", "format": "csv", "chosen:list": {"view": "all", "q": "•••"}},
        {"what": "tickets", "step": "fetched", "lines": 1, "format": "csv"},
    ]


def test_the_same_form_sent_twice_makes_one_file(desk, ticket, after_commit):
    key = "a" * 20
    for _ in range(2):
        with after_commit():
            assert desk.post("/desk/tickets/export/?view=all", {"format": "csv", "form_key": key}).status_code == 302
    assert Export.objects.count() == 1


def test_a_foreign_format_is_refused_on_the_page(desk, ticket):
    assert desk.post("/desk/tickets/export/?view=all", {"format": "exe"}).status_code == 422
    assert not Export.objects.exists()


def test_customers_have_no_such_pages(desk_of, ticket, alice, after_commit, desk):
    export = ask(desk, after_commit)
    nour = desk_of(make_person("Nour"))
    for address in ("/desk/exports/", f"/desk/exports/{export.pk}/file/", "/desk/tickets/export/"):
        assert nour.get(address).status_code == 404
    assert export.state == State.DONE
