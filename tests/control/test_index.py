"""The index of the settings: no page is missing, and everybody is shown just what opens for them."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from control.index import INDEX, pages_for
from permissions.sight import Sight
from tests.walk.scene import Scene
from tests.walk.table import read_table

#: Addresses that are there to be looked at, but are no pages one goes to.
NO_PAGES = {
    "control:store_look_samples",
    "control:store_portal_picture",
    "control:configuration_file",
    "control:deliveries_facts",
    "control:sms_costs_file",
    "control:sender_signature",  # one of those on the page of signatures
}
TABLE = read_table()


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Scene()
        transaction.set_rollback(True)


def pages():
    for name, words in TABLE.arguments.items():
        row = TABLE.cells.get((name, "GET", "-"))
        if name.startswith("control:") and not words and row and "2" in row.values() and name not in NO_PAGES:
            yield name.removeprefix("control:")


def test_every_page_of_the_settings_is_in_the_index():
    assert set(pages()) - {row.url_name for row in INDEX} == set()


def test_every_page_has_other_words():
    assert [row.url_name for row in INDEX if not row.others] == []


@pytest.mark.parametrize("name", ["olga", "alice", "paula", "newcomer", "root"])
def test_everybody_is_shown_what_opens_for_them(scene, db, name):
    person, browser = scene.people[name], scene.browsers[name]
    shown = {row.url_name for row in pages_for(Sight.of(person))}
    opens = {row.url_name for row in INDEX if row.url and browser.get(reverse(f"control:{row.url_name}")).status_code == 200}

    assert shown == opens


def test_it_costs_no_query(scene, db):
    sight = Sight.of(scene.people["olga"])
    pages_for(sight)
    with CaptureQueriesContext(connection) as queries:
        pages_for(sight)

    assert len(queries) == 0
