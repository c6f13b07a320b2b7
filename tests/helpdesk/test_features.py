"""docs/features.md names, for each row, a test that exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = [line for line in (ROOT / "docs" / "features.md").read_text().splitlines() if re.match(r"\| [A-Z]\d\d \|", line)]

pytestmark = pytest.mark.once


def test_every_row_stands_once():
    rows = [line.split("|")[1].strip() for line in ROWS]

    assert rows
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("line", ROWS, ids=lambda line: line[2:5])
def test_the_guard_of_each_row_exists(line):
    guards = re.findall(r"`((?:tests|scripts)/[^`]*)`", line.split("|")[4])

    assert guards
    for guard in guards:
        place, _colons, name = guard.partition("::")
        assert (ROOT / place).exists(), place
        assert not name or f"def {name}(" in (ROOT / place).read_text(), guard
