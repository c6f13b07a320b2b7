"""What a run leaves out is drawn: never what is always looked at, the same again by the same number, all of it over time."""

from types import SimpleNamespace

import pytest

from tests import drawing


def test_of(name, **marks):
    marker = SimpleNamespace(kwargs=marks) if marks else None
    params = {"person": name.partition("[")[2].rstrip("]")}
    return SimpleNamespace(nodeid=name, callspec=SimpleNamespace(params=params), get_closest_marker=lambda _name: marker)


test_of.__test__ = False
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


def test_files_of_pages_take_turns_on_the_second_database_alone(monkeypatch):
    files = [test_of(f"tests/control/test_{name}.py::test_it") for name in "abcdefghij"] + [test_of("tests/tickets/test_a.py::test_it")]

    assert len(kept(files, "1", monkeypatch)) == 11
    turns = [set(kept(files, draw, monkeypatch, second_database=True)) for draw in ("1", "2", "3", "4")]
    assert set.union(*turns) == {file.nodeid for file in files}
    assert set.intersection(*turns) == {"tests/tickets/test_a.py::test_it"}
    assert all(len(turn) < 11 for turn in turns)
