"""A-10: whatever a cell holds, a spreadsheet shows it and calculates nothing."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.csv_export import FORMULA_SIGNS, csv_text, safe_cell

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "attack",
    ['=HYPERLINK("http://evil.example","x")', "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u2068=1", "＝1", "\x00=1"],
)
def test_a_formula_becomes_words(attack):
    assert safe_cell(attack).startswith("'")


def test_numbers_names_and_nothing_stay_as_they_are():
    assert [safe_cell(value) for value in (-5, 1.5, "Kasia", "نورا", "", " ", None)] == [-5, 1.5, "Kasia", "نورا", "", " ", ""]


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_every_text_comes_back_as_one_cell_that_calculates_nothing(cells):
    (row,) = csv.reader(io.StringIO(csv_text([cells]), newline=""))

    assert len(row) == len(cells)
    for before, after in zip(cells, row, strict=True):
        assert not after.lstrip().startswith(tuple(FORMULA_SIGNS))
        assert not after.startswith(("\t", "\r", "\n"))
        bare = before.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\x00")))
        assert after in {bare, "'" + bare}
