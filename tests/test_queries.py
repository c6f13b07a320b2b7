"""How many queries each page costs, session and person included, against tests/walk/queries.txt.

A page that costs more than stands there fails, and so does one that is missing. To add one, or to write down that it became cheaper,
run this file with WRITE_QUERIES=1 and look at what changed: more than a dozen for a page of one thing needs a reason.
That a page costs the same for one row and for twenty is asked where the page is tested: tests/backoffice/test_budgets.py.
"""

import os
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.walk.scene import Scene
from tests.walk.table import read_table

FILE = Path(__file__).parent / "walk" / "queries.txt"
TABLE = read_table()
#: Who asks for a page: the first of them to whom it is there, of the staff and of the customers.
PEOPLE = [["olga", "alice", "root"], ["customer", "visitor"]]
#: The budgets of the pages that everybody waits for.
PROMISED = {"backoffice:inbox": 10, "backoffice:ticket": 15, "portal:tickets": 8, "portal:faq": 5, "portal:faq_entry": 5, "portal:home": 8}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Scene()
        transaction.set_rollback(True)


def pages():
    """(address, thing, people to whom it is a page) of every address that is one, on the first thing that there is for anybody."""
    for name in TABLE.arguments:
        for cell, row in TABLE.cells.items():
            people = [next((person for person in group if row[person] == "2"), None) for group in PEOPLE]
            if cell[:2] == (name, "GET") and any(people):
                yield name, cell[2], [person for person in people if person]
                break


def look(browser, address):
    response = browser.get(address)
    if response.streaming and not response.is_async:
        response.getvalue()
    assert response.status_code == 200, address


def cost(browser, address):
    look(browser, address)  # what is kept for all pages is there
    with CaptureQueriesContext(connection) as queries:
        look(browser, address)
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries)


def read_costs():
    lines = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: int(most) for name, most in lines}


def test_every_page_keeps_to_its_queries(scene, db):
    found = {}
    for name, thing, people in pages():
        address = reverse(name, args=scene.arguments[TABLE.arguments[name]][thing])
        found[name] = max(cost(scene.browsers[person], address) for person in people)
    if os.environ.get("WRITE_QUERIES"):
        head = "# The most queries a page may cost. See tests/test_queries.py.\n\n"
        FILE.write_text(head + "".join(f"{name:45}{most:3}\n" for name, most in found.items()), encoding="utf-8")
    allowed = read_costs()

    assert set(found) - set(allowed) == set(), "missing in tests/walk/queries.txt"
    assert set(allowed) - set(found) == set(), "gone, but still in tests/walk/queries.txt"
    assert {name: f"{most}, {allowed[name]} are allowed" for name, most in found.items() if most > allowed[name]} == {}


def test_the_table_allows_no_more_than_was_promised():
    allowed = read_costs()

    assert {name: allowed[name] for name, most in PROMISED.items() if allowed[name] > most} == {}
