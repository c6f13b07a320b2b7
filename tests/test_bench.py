"""The benchmark runs from end to end, on a set so small that its figures say nothing."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from scripts.bench import budgets, report
from scripts.bench.browser import Answer, Request
from scripts.bench.forms import form_at, link
from scripts.bench.pages import pages
from tests import seeded
from tests.live import ROOT

pytestmark = pytest.mark.once


#: One of each kind; asking for all of them is the benchmark's own work.
SOME = r"list:(open|all):everything|walk:all:everything|filter:priority:everything|sort:all:oldest:everything|ticket:messages_\d+"
SOME += r"|counters|search:(rare|phrase):everything|portal:(home|list|faq|faq:entry)|reply|note|new|export"


@pytest.mark.slow
def test_every_kind_of_page_is_measured_and_none_fails(tmp_path):
    (tmp_path / "sets/sqlite-300").mkdir(parents=True)
    shutil.copyfile(seeded.empty_folder() / "helpdesk.sqlite3", tmp_path / "sets/sqlite-300/helpdesk.sqlite3")
    arguments = [
        "--databases",
        "sqlite",
        "--sizes",
        "300",
        "--rounds",
        "1",
        "--seconds",
        "1",
        "--only",
        SOME,
        "--into",
        tmp_path / "tables",
    ]
    environment = os.environ | {"BENCH_DIR": str(tmp_path / "sets")}
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr

    run = json.loads((tmp_path / "tables/results.json").read_text())["runs"]["sqlite-300"]
    facts = json.loads((tmp_path / "sets/sqlite-300/generated.json").read_text())
    assert run["finished"]
    assert set(run["rows"]) == {page.key for page in pages(facts, SOME)}
    assert len(run["rows"]) == 18
    assert [row for row in run["rows"].values() if "fault" in row or "not_there" in row] == []
    assert all(row["p50"] > 0 and row["queries"] > 0 for row in run["rows"].values())
    assert run["rows"]["list:all:everything"]["shown"] == 50
    assert run["rows"]["search:rare:everything"]["shown"] > 0
    assert run["throughput"]["errors"] == 0
    assert run["weight"]["portal home"]["cold"] > run["weight"]["portal home"]["warm"] > 1000
    table = (tmp_path / "tables/sqlite-300.md").read_text()
    assert all(f"| {row['name']} | " in table for row in run["rows"].values())


def row(p50=10.0, queries=8, budget="list", **more):
    return {
        "group": "Lists",
        "name": "open",
        "who": "mixed",
        "budget": budget,
        "p50": p50,
        "bare": 5.0,
        "p95": p50 * 2,
        "queries": queries,
        "shown": 50,
        **more,
    }


def run(size=10_000, **rows):
    machine = {
        "at": "today",
        "commit": "abc",
        "processor": "one",
        "cores": 2,
        "memory": "4 GiB",
        "system": "Linux",
        "load": 0.1,
        "versions": {},
    }
    return {"database": "sqlite", "size": size, "command": "make bench", "machine": machine, "server": "SQLite", "set": {"messages": 5}} | {
        "bare": {"p50": 5.0, "p95": 6.0, "rounds": 9},
        "rows": rows,
        "finished": True,
    }


def test_a_promise_is_met_or_missed_by_how_much():
    assert [str(each) for each in budgets.verdicts(row(12.5, 10))] == ["met", "met"]
    assert [str(each) for each in budgets.verdicts(row(13.0, 12))] == ["**missed** by 0.1 ×", "**missed** by 2 queries"]
    assert budgets.verdicts(row(budget="")) == []
    assert budgets.missed(run(one=row(13.0, 12), two=row(12.0), three={**row(), "p50": None, "queries": None})) == 2


def test_a_page_that_failed_stands_in_the_table_as_one():
    broken = {"group": "Lists", "name": "closed", "who": "mixed", "budget": "list", "fault": "500 at /desk/"}
    table = report.page(run(fine=row(), broken=broken))
    assert "| closed | mixed rights | – | – | – | – | – | – | – | **FAILED**: 500 at /desk/ |" in table
    assert "| open | mixed rights | 50 | 10.0 | 20.0 | 2.0 | ≤ 2.5 | 8 | ≤ 10 | met |" in table


def test_the_overview_names_the_worst_page_and_what_grows_with_the_size(tmp_path):
    report.keep(tmp_path, run(10_000, a=row(10), b=row(11, name="all")))
    report.keep(tmp_path, run(1_000_000, a=row(14), b=row(22, name="all")))
    report.write(tmp_path)
    text = (tmp_path / "README.md").read_text()
    assert "4.4 × (22 ms, all, mixed rights): **missed** by 1.9 ×, 2 of 2 pages" in text
    assert "1 of 2 pages keep it" in text
    assert "| Lists: all | mixed rights | 2.0 |" in text


def test_forms_are_read_as_a_browser_sends_them():
    form = form_at(
        """<form action="/other/"></form><form action="a/#end"><input type="hidden" name="key" value="7"><input name="line" required>
        <input type="radio" name="kind" value="" checked><input type="radio" name="kind" value="x"><input type="file" name="files">
        <select name="one" required><option value="">–</option><option value="3">three</option></select>
        <select name="two"><option value="1">a</option><option value="2" selected>b</option></select>
        <textarea name="text" required>
        </textarea><button formaction="/replies/#end">Send</button></form>""",
        "/replies/",
    )
    filled = {"key": "7", "line": "narrow 7", "kind": "", "one": "3", "two": "2", "text": "Hello"}
    assert form.filled(text="Hello") == filled
    assert form.address("/desk/") == "/desk/a/"


@pytest.mark.parametrize(
    ("sent", "status", "location", "fine"),
    [
        (None, 200, "", True),
        (None, 302, "/account/login/", False),
        (None, 302, "/desk/", False),
        ({}, 302, "/desk/tickets/7/", True),
        ({}, 302, "/account/login/?next=/desk/", False),
        ({}, 200, "", False),
        ({}, 422, "", False),
    ],
)
def test_only_the_page_itself_and_the_way_on_count(sent, status, location, fine):
    assert Answer(status, {"location": location}, b"", 0, 0).is_fine(Request("/desk/", sent)) == fine


def test_links_are_found_by_what_they_are_for():
    assert link('<a href="/x">x</a> <a class="btn" rel="next" href="?view=all&amp;after=abc">', "next") == "?view=all&after=abc"
    assert link('<a rel="nextish" href="/x">', "next") == ""
