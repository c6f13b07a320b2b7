"""A-10 for spreadsheets: every cell is a number, a day or words, whatever somebody wrote into it."""

import io
import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from common.csv_export import FORMULA_SIGNS, CsvFile
from common.moments import Reader
from common.xlsx_export import XlsxFile, xlsx_text

pytestmark = pytest.mark.once
POLISH, PERSIAN = Reader("pl", "gregorian", "Europe/Warsaw"), Reader("fa", "jalali", "Asia/Tehran")


def read_back(rows, reader=POLISH, head=("A",)):
    file, out = XlsxFile("A [list]: with/signs*?", head, reader), io.BytesIO()
    try:
        file.add(rows)
        file.save(out)
    finally:
        file.close()
    return list(load_workbook(out).active.iter_rows(min_row=2))


cells = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="=+-@#\t\r\n '\x00\x01\u2068＝_x003D\ud800\uffff1aREF!/", max_size=12),
    st.integers(),
    st.floats(),
    st.none(),
    st.booleans(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC), min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)),  # noqa: DTZ001
)


@settings(max_examples=200, deadline=None)
@given(st.lists(cells, min_size=1, max_size=8), st.sampled_from([POLISH, PERSIAN]))
def test_no_cell_calculates_and_none_moves(row, reader):
    (found,) = read_back([row + ["end"]], reader)

    assert found[len(row)].value == "end"
    for cell in found:
        assert cell.data_type in {"s", "n", "d"}
        if isinstance(cell.value, str):
            assert not cell.value.lstrip().startswith(tuple(FORMULA_SIGNS))
            assert not cell.value.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("words", ["=1+1", "#REF!", "#N/A", "+48601220214", "00123", "_x003D_1", "TRUE", " =1", "\x01=1", "1e5"])
def test_words_stay_words(words):
    ((cell,),) = read_back([[words]])

    assert cell.data_type == "s"
    assert cell.value.lstrip("'") == xlsx_text(words).lstrip("'")


def test_an_escape_of_the_format_becomes_no_sign():
    assert xlsx_text("_x003D_1+1") == "_x005F_x003D_1+1"


def test_numbers_and_days_are_what_they_are():
    ((*found,),) = read_back([[5, -2.5, date(2026, 3, 1), datetime(2026, 3, 1, 23, 30, tzinfo=UTC), math.inf, 10**20]])

    assert [cell.value for cell in found[:2]] == [5, -2.5]
    assert found[2].value.date() == date(2026, 3, 1)
    assert found[3].value == datetime(2026, 3, 2, 0, 30)  # noqa: DTZ001
    assert [cell.data_type for cell in found[4:]] == ["s", "s"]


def test_jalali_days_are_words_in_the_readers_digits():
    ((*found,),) = read_back([[date(2026, 3, 21), datetime(2026, 3, 21, 8, 0, tzinfo=UTC)]], PERSIAN)

    assert [cell.value for cell in found] == ["۱۴۰۵/۰۱/۰۱", "۱۴۰۵/۰۱/۰۱ ۱۱:۳۰"]


@pytest.mark.parametrize("kind", [CsvFile, XlsxFile])
def test_the_size_grows_with_what_is_written(kind):
    file = kind("List", ["A"], POLISH)
    before = file.size
    file.add([["x" * 1000]])
    assert file.size - before >= 1000
    file.close()


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = XlsxFile("List", ["A"], POLISH)
    file.add([["x"]])
    file.close()
    assert list(tmp_path.iterdir()) == []
