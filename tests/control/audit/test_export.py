"""The log as a file: what was chosen, in the reader's words, safe in a spreadsheet, said when cut, and noted itself."""

import csv
import io

import pytest

from audit.choices import Deed
from audit.log import note
from audit.models import AuditLine
from control.audit import export
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import make_customer, make_person, make_staff, make_store

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")]
ADDRESS = "/control/audit/export/"


@pytest.fixture
def olga(client):
    olga = make_staff("Olga", language="en", sees_customers=False)
    grant(olga, StoreRight.VIEW_AUDIT, make_store())
    client.force_login(olga)
    return olga


def rows_of(response):
    assert response.status_code == 200
    text = b"".join(response).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_file_holds_what_was_chosen_newest_first(client, olga):
    note(Deed.SIGNED_IN, by=olga, on=olga, after={"way": "password"})
    note(Deed.SIGNED_OUT, by=olga, on=olga)
    head, *rows = rows_of(client.post(ADDRESS, {"deed": "door"}))

    assert head[:4] == ["Time (UTC)", "Time", "What happened", "Done by"]
    assert [row[2] for row in rows] == ["Olga signed out", "Olga signed in with the password"]
    assert rows[0][0].endswith("+00:00")


def test_the_export_is_a_line_itself(client, olga):
    note(Deed.SIGNED_OUT, by=olga, on=olga)
    rows_of(client.post(ADDRESS, {"deed": "signed_out", "person": olga.pk}))
    line = AuditLine.objects.get(deed=Deed.EXPORTED)
    assert (line.actor, line.after) == (
        olga,
        {"what": "audit", "lines": 1, "chosen:person": "Olga", "chosen:deed": ["signed_out"]},
    )


def test_formulas_are_words_and_persian_is_persian(client, olga):
    note(Deed.SIGNED_OUT, by=make_person("=cmd|calc"), name="نگار", reason="+1")
    row = rows_of(client.post(ADDRESS, {"deed": "signed_out"}))[1]
    assert (row[2], row[3], row[6], row[8]) == ("'=cmd|calc signed out", "'=cmd|calc", "نگار", "'+1")


def test_customers_stay_without_names_in_the_file(client, olga):
    note(Deed.REVEALED, by=olga, on=make_customer("Kasia Nowak"))
    assert "Kasia" not in str(rows_of(client.post(ADDRESS)))


def test_a_long_log_leaves_in_pieces_and_says_where_it_was_cut(client, olga, monkeypatch):
    monkeypatch.setattr(export, "MOST", 7)
    monkeypatch.setattr(export, "AT_ONCE", 3)
    for number in range(9):
        note(Deed.SIGNED_OUT, by=olga, name=f"line {number}")
    _head, *rows, end = rows_of(client.post(ADDRESS, {"deed": "signed_out"}))
    assert [row[6] for row in rows] == [f"line {number}" for number in range(8, 1, -1)]
    assert end == ["These are the newest 7 lines. There are more: ask for fewer days."]


def test_only_a_button_exports(client, olga):
    assert client.get(ADDRESS).status_code == 405
    assert not AuditLine.objects.filter(deed=Deed.EXPORTED).exists()
