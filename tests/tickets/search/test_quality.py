"""What people type, and what they want to find: the table of quality.txt, the same on both databases."""

import pytest

from tests.tickets.search.shop import found_by, open_shop, wishes

pytestmark = pytest.mark.django_db


def test_the_table_is_large_enough():
    rows = wishes()
    assert len(rows) >= 250
    assert sum(bool(first) for _number, _typed, _keys, first, _is_miss in rows) >= 12
    assert sum(is_miss for *_row, is_miss in rows) <= 6


def test_everybody_finds_what_they_mean():
    shop = open_shop()
    wrong = []
    for number, typed, wanted, first, is_miss in wishes():
        found = found_by(shop, typed)
        missing, foreign = sorted(wanted - set(found)), sorted(set(found) - wanted)
        words = [f"missing {', '.join(missing)}"] if missing else []
        words += [f"not wanted {', '.join(foreign)}"] if foreign else []
        words += [f"twice {', '.join(sorted({key for key in found if found.count(key) > 1}))}"] if len(set(found)) < len(found) else []
        words += [f"{found[0]} comes before {first}"] if first and found and found[0] != first else []
        if is_miss and not words:
            words = ["found now: take its ~ away"]
        elif is_miss:
            continue
        if words:
            wrong.append(f"line {number}: {typed}  →  {'; '.join(words)}")
    assert not wrong, "\n" + "\n".join(wrong)
