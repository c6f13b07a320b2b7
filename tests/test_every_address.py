"""The walk: every address of the product, as every kind of person, on every kind of thing, against tests/walk/addresses.txt.

An address that is missing in the table fails the run, and so does a row whose address is gone. To add one, write its name and the
word of its arguments into the table (tests/walk/scene.py knows the words), run this file with WRITE_ADDRESSES=1, and look at each
new letter: what came out is written there, right or wrong.
"""

import os
from functools import partial

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from audit.choices import Deed
from audit.models import AuditLine
from tests.walk.scene import Scene
from tests.walk.table import METHODS, PEOPLE, addresses_of, read_table, write_table

TABLE = read_table()
REFUSALS = set("L4FMEGCB")
LETTERS = {200: "2", 204: "2", 400: "B", 403: "F", 404: "4", 405: "M", 409: "C", 410: "G", 422: "E", 429: "W"}
# Looking may leave these: how far one has read, that the bell's news were seen, that an answer was read once more; and sessions,
# which come and go.
MAY_CHANGE_BY_LOOKING = {"tickets.ReadMark", "sessions.Session"}
FIELDS_THAT_MAY_CHANGE = {"notifications.Delivery": {"read_at"}, "accounts.User": {"last_login"}, "faq.FaqEntry": {"reads"}}
MAY_CHANGE_BY_BEING_REFUSED = {"sessions.Session"}
OTHER_METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"]
CAME_OUT = {}
#: Who goes along every address in every run: nobody, a customer, a supporter, an owner. Of the others some are drawn.
ALWAYS = ["visitor", "customer", "alice", "olga"]
PEOPLE_OF_OTHER_METHODS = ["customer", "olga"]


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Built once for the whole walk. What a test changes is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Scene()
        transaction.set_rollback(True)
    if os.environ.get("WRITE_ADDRESSES"):
        write_table(TABLE, CAME_OUT)


@pytest.fixture
def walker(scene, db, record_property, monkeypatch):
    """walker(person): a Walker, whose cells are counted for the end of the run."""
    # A page for each of some thousand refusals would take longer than all the rest; tests/common/test_errors.py draws them.
    monkeypatch.setattr("common.error_pages._drawn", lambda context, request: None)
    walkers = []

    def of(person):
        walkers.append(Walker(scene, person))
        return walkers[-1]

    yield of
    CAME_OUT.update({(*cell, one.person): letter for one in walkers for cell, letter in one.got.items()})
    walked = [cell for one in walkers for cell in one.got if cell[1] in METHODS]
    record_property("cells", len(walked))
    record_property("wrong_cells", sum(len(one.wrong) for one in walkers))


class Walker:
    """One person on the way. `got`: {(address, method, thing): letter}."""

    def __init__(self, scene, person):
        self.scene, self.person, self.got = scene, person, {}
        self.client = scene.browsers[person]
        self.client.raise_request_exception = False
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def go(self, name, method, thing):
        """Ask once, with the cookies one had at the beginning. Returns the answer."""
        self.client.cookies.clear()
        for cookie, value in self.cookies.items():
            self.client.cookies[cookie] = value
        ask = self.client.post if method == "POST" else partial(self.client.generic, method)
        response = ask(self.address(name, thing))
        if response.streaming and not response.is_async:
            response.getvalue()
        self.got[name, method, thing] = letter_of(response)
        return response

    def address(self, name, thing):
        return reverse(name, args=self.scene.arguments[TABLE.arguments[name]][thing])

    def expected(self, *cell):
        return TABLE.cells.get(cell, {}).get(self.person, "?")

    @property
    def wrong(self):
        return {cell for cell, letter in self.got.items() if cell[1] in METHODS and letter != self.expected(*cell)}


def letter_of(response):
    if response.status_code in {301, 302, 303}:
        location = response.headers.get("Location", "")
        return "L" if "/account/login/" in location and "next=" in location else ">"
    return LETTERS.get(response.status_code, "!")


def cells(scene, method):
    """Every (address, method, thing) there is, in the order of the table."""
    for name, word in TABLE.arguments.items():
        for thing in scene.arguments[word]:
            yield name, method, thing


def all_rows():
    """{table: its rows} of the whole database, as it is now. That a refusal, or that a file left, was noted is no change."""
    rows = {}
    for model in apps.get_models():
        left_out = FIELDS_THAT_MAY_CHANGE.get(model._meta.label, set())
        fields = [field.attname for field in model._meta.concrete_fields if field.name not in left_out]
        there = model._base_manager.order_by()
        if model is AuditLine:
            there = there.exclude(deed__in=[Deed.REFUSED, Deed.EXPORTED])
        rows[model._meta.label] = sorted(map(repr, there.values_list(*fields)))
    return rows


def changed_tables(before):
    now = all_rows()
    return {label for label, rows in before.items() if rows != now[label]}


# --- The table ----------------------------------------------------------------------------------------------


def test_the_table_names_every_address_and_none_that_is_gone():
    addresses = set(addresses_of())

    assert addresses - set(TABLE.arguments) == set(), "missing in tests/walk/addresses.txt"
    assert set(TABLE.arguments) - addresses == set(), "gone, but still in tests/walk/addresses.txt"


def test_every_row_speaks_of_a_thing_that_is_there_and_none_is_forgotten(scene):
    there = {cell for method in METHODS for cell in cells(scene, method)}

    assert set(TABLE.cells) - there == set()
    assert there - set(TABLE.cells) == set()


def test_the_people_of_the_table_are_those_of_the_scene(scene):
    assert list(scene.people) == PEOPLE


# --- The walk -----------------------------------------------------------------------------------------------


@pytest.mark.drawn(sqlite=6, postgres=3, always=ALWAYS)
@pytest.mark.parametrize("person", PEOPLE)
def test_what_each_person_gets_by_looking_and_that_looking_changes_nothing(walker, person):
    walk = walker(person)
    before = all_rows()

    for cell in cells(walk.scene, "GET"):
        walk.go(*cell)

    assert says(walk.wrong, walk) == ""
    assert changed_tables(before) <= MAY_CHANGE_BY_LOOKING


@pytest.mark.once
@pytest.mark.drawn(sqlite=5, postgres=0, always=ALWAYS)
@pytest.mark.parametrize("person", PEOPLE)
def test_what_each_person_gets_by_an_empty_form_and_that_a_refusal_changes_nothing(walker, person):
    walk = walker(person)
    before = all_rows()
    done = []
    for cell in cells(walk.scene, "POST"):
        if walk.expected(*cell) in REFUSALS:
            walk.go(*cell)
        else:
            done.append(cell)
    changed = changed_tables(before)
    for cell in done:
        place = transaction.savepoint()
        walk.go(*cell)
        transaction.savepoint_rollback(place)
        cache.clear()

    assert says(walk.wrong, walk) == ""
    assert changed <= MAY_CHANGE_BY_BEING_REFUSED


@pytest.mark.once
@pytest.mark.drawn(sqlite=4, postgres=0)
@pytest.mark.parametrize("person", PEOPLE_OF_OTHER_METHODS)
@pytest.mark.parametrize("method", OTHER_METHODS)
def test_other_methods_are_refused_and_change_nothing(walker, method, person):
    walk = walker(person)
    before = all_rows()
    bad = []
    for name, _method, thing in first_things(walk.scene):
        response = walk.go(name, method, thing)
        letter = walk.got[name, method, thing]
        if method == "HEAD":
            # Looking at what companies call changes nothing: there a GET does.
            fine = letter == ("M" if name.startswith("callbacks:") else walk.expected(name, "GET", thing))
        elif method == "OPTIONS" and letter == "2":
            fine = response.content == b""
        else:
            fine = letter in REFUSALS or letter == ">" == walk.expected(name, "GET", thing)
        if not fine:
            bad.append(f"{method} {name}: {letter}")

    assert "\n".join(bad) == ""
    assert changed_tables(before) <= MAY_CHANGE_BY_LOOKING | MAY_CHANGE_BY_BEING_REFUSED


def first_things(scene):
    """Each address once, on the first thing there is for it, which the person may reach if anybody may."""
    for name, word in TABLE.arguments.items():
        yield name, "GET", next(iter(scene.arguments[word]))


def says(wrong, walk):
    """Every wrong letter in a line of its own."""
    return "\n".join(
        f"{name} {method} {thing}: {walk.person} gets {walk.got[name, method, thing]}, the table says {walk.expected(name, method, thing)}"
        for name, method, thing in sorted(wrong)
    )


# --- Forms of others ----------------------------------------------------------------------------------------


#: What browsers and mail programs (RFC 8058) send by themselves, and what companies call: each with a secret in its address.
TAKEN_FROM_ANYBODY = {
    "csp-report",
    "unsubscribing",
    "callbacks:mail_report",
    "callbacks:sms_report",
    "callbacks:sms_report_of",
    "callbacks:sms_inbound",
}


def changing_addresses():
    """Addresses at which a form does something for anybody at all."""
    for name, word in TABLE.arguments.items():
        letters = {letter for cell, row in TABLE.cells.items() if cell[:2] == (name, "POST") for letter in row.values()}
        if letters - set("M4L") and name not in TAKEN_FROM_ANYBODY:
            yield name, word


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.drawn(sqlite=3, postgres=0)
@pytest.mark.parametrize("token", ["", "of somebody else"])
@pytest.mark.parametrize("person", ["customer", "alice", "olga"])
def test_no_form_is_taken_without_the_token_of_its_own_reader(scene, person, token):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(scene.people[person])
    data = {}
    if token:
        stranger = Client()
        stranger.get("/account/login/")
        data = {"csrfmiddlewaretoken": stranger.cookies["csrf"].value}
        strict.get("/desk/" if person != "customer" else "/tickets/new/")
    before = all_rows()

    taken = []
    for name, word in changing_addresses():
        thing, arguments = next(iter(scene.arguments[word].items()))
        for headers in ({}, {"origin": "null"}, {"origin": "https://evil.example"}):
            status = strict.post(reverse(name, args=arguments), data, headers=headers).status_code
            if status not in {403, 405}:
                taken.append((name, thing, headers, status))

    assert taken == []
    assert changed_tables(before) <= MAY_CHANGE_BY_BEING_REFUSED
