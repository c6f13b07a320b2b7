"""What a run leaves out is drawn: never what is always looked at, the same again by the same number, all of it over time."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import drawing


def test_of(name, **marks):
    marker = SimpleNamespace(kwargs=marks) if marks else None
    params = {"person": name.partition("[")[2].rstrip("]")}
    return SimpleNamespace(nodeid=name, callspec=SimpleNamespace(params=params), get_closest_marker=lambda _name: marker)


test_of.__test__ = False
ROOT = Path(__file__).resolve().parent.parent
PEOPLE = [f"tests/x.py::test_walk[{person}]" for person in "abcdefgh"]


@pytest.fixture
def walk():
    return [test_of(name, sqlite=3, postgres=1, always=["a"]) for name in PEOPLE] + [test_of("tests/x.py::test_plain")]


def kept(items, draw, monkeypatch, *, second_database=False):
    monkeypatch.setenv(drawing.NAME, draw)
    out = drawing.left_out(items, second_database=second_database)
    return [item.nodeid for item in items if item not in out]


def test_without_a_draw_and_for_all_nothing_is_left_out(walk, monkeypatch):
    assert len(kept(walk, "all", monkeypatch)) == 9
    monkeypatch.delenv(drawing.NAME)
    assert drawing.left_out(walk, second_database=True) == []


def test_so_many_are_drawn_with_those_that_always_are_and_the_same_by_the_same_number(walk, monkeypatch):
    first = kept(walk, "4711", monkeypatch)

    assert len(first) == 4
    assert {PEOPLE[0], "tests/x.py::test_plain"} <= set(first)
    assert kept(walk, "4711", monkeypatch) == first
    assert kept(walk, "4711", monkeypatch, second_database=True) == [PEOPLE[0], "tests/x.py::test_plain"]


def test_over_time_all_are_drawn(walk, monkeypatch):
    seen = {name for draw in range(40) for name in kept(walk, str(draw), monkeypatch)}

    assert seen == {*PEOPLE, "tests/x.py::test_plain"}


def runs(items, monkeypatch, *, second_database):
    """What twelve runs look at that follow one another, each as a set."""
    return [set(kept(items, str(draw), monkeypatch, second_database=second_database)) for draw in range(1, 13)]


@pytest.mark.parametrize("place", [place for place, shares in drawing.TURNS.items() if max(shares) > 1])
@pytest.mark.parametrize("second_database", [False, True], ids=["sqlite", "postgres"])
def test_in_every_folder_that_takes_turns_all_tests_have_theirs(monkeypatch, place, second_database):
    kind = "[{}]" if "::" in place else "::test_{}" if place.endswith(".py") else "test_a.py::test_{}"
    items = [test_of(place + kind.format(name)) for name in "abcdefghijklmnopqrstuvwxyz"]
    share = drawing.TURNS[place][second_database]

    turns = runs(items, monkeypatch, second_database=second_database)

    for first in range(len(turns) - share + 1):
        following = turns[first : first + share]
        assert set.union(*following) == {item.nodeid for item in items}
        assert sum(map(len, following)) == len(items), "each once"


def test_pages_take_turns_on_the_second_database_alone_and_services_never(monkeypatch):
    pages = [test_of(f"tests/control/test_a.py::test_{name}") for name in "abcdefghij"]
    services = [test_of(f"tests/tickets/test_a.py::test_{name}") for name in "abcdefghij"]

    assert len(kept(pages + services, "1", monkeypatch)) == 20
    assert len(kept(pages, "1", monkeypatch, second_database=True)) < 10
    assert len(kept(services, "1", monkeypatch, second_database=True)) == 10


def test_what_takes_turns_is_there():
    for place in drawing.TURNS:
        path, _, name = place.partition("::")
        assert (ROOT / path).exists(), place
        assert not name or f"def {name}(" in (ROOT / path).read_text(), place


def test_what_a_test_goes_through_by_itself_takes_turns_too(monkeypatch):
    names = [f"page {number}" for number in range(40)]
    monkeypatch.setenv(drawing.NAME, "all")
    assert drawing.turn(names, 4) == names

    turns = []
    for draw in "5678":
        monkeypatch.setenv(drawing.NAME, draw)
        turns.append(drawing.turn(names, 4, always=["page 7"]))
    assert set.union(*map(set, turns)) == set(names)
    assert set.intersection(*map(set, turns)) == {"page 7"}
