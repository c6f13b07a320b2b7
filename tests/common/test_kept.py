"""What owners set is kept by the process, and forgotten by whatever write changes it."""

import re
import threading

import pytest
from django.db import OperationalError, connection, transaction
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from common import kept as keeping
from common.kept import kept, mark_read_once
from common.templatetags import kept_parts as parts
from departments.models import Department
from faq.models import FaqEntry
from stores.addresses import place_of
from stores.middleware import _store_at
from stores.models import PortalLink, Store
from tests.make import make_customer, make_department, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store()


def count_makes():
    """A function to be kept, and the list of its runs."""
    runs = []
    return runs, lambda: runs.append(1) or len(runs)


def test_a_thing_is_made_once_and_each_request_reads_the_mark_once(store):
    runs, make = count_makes()
    kept(("thing",), make)
    with CaptureQueriesContext(connection) as queries, mark_read_once():
        assert [kept(("thing",), make) for _time in range(3)] == [1, 1, 1]

    assert len(queries) == 1
    assert runs == [1]


@pytest.mark.parametrize(
    "write",
    [
        lambda store, department: store.save(),
        lambda store, department: Store.objects.filter(pk=store.pk).update(site_url="https://shop.example"),
        lambda store, department: PortalLink.objects.bulk_create([PortalLink(store=store, label="Shop", url="https://shop.example")]),
        lambda store, department: department.stores.clear(),
        lambda store, department: Department.objects.filter(pk=department.pk).delete(),
        lambda store, department: connection.cursor().execute("UPDATE stores_store SET time_zone = 'UTC'"),
    ],
)
def test_every_way_of_writing_a_setting_makes_it_new(store, write):
    department = make_department("Support", store=store)
    runs, make = count_makes()
    kept(("thing",), make)

    write(store, department)

    assert kept(("thing",), make) == 2


def test_counting_a_reading_of_an_answer_is_no_setting(store):
    entry = FaqEntry.objects.create()
    runs, make = count_makes()
    kept(("thing",), make)
    FaqEntry.objects.filter(pk=entry.pk).update(reads=5)
    assert kept(("thing",), make) == 1

    FaqEntry.objects.filter(pk=entry.pk).update(is_published=False)
    assert kept(("thing",), make) == 2


def test_what_is_undone_leaves_nothing_behind_in_the_same_request(store):
    with mark_read_once():
        kept(("name",), lambda: str(Store.objects.get(pk=store.pk).name))
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            Store.objects.filter(pk=store.pk).update(site_url="https://undone.example")
            assert kept(("url",), lambda: Store.objects.get(pk=store.pk).site_url) == "https://undone.example"
            raise ZeroDivisionError

        assert kept(("url",), lambda: Store.objects.get(pk=store.pk).site_url) == store.site_url


@pytest.mark.django_db(transaction=True)
def test_a_change_of_another_connection_is_seen_by_the_next_request():
    store = make_store()
    assert kept(("url",), lambda: Store.objects.get(pk=store.pk).site_url) == store.site_url

    def change():
        Store.objects.filter(pk=store.pk).update(site_url="https://other.example")
        connection.close()

    other = threading.Thread(target=change)
    other.start()
    other.join()

    assert kept(("url",), lambda: Store.objects.get(pk=store.pk).site_url) == "https://other.example"


def test_names_made_of_what_visitors_send_do_not_fill_the_memory(store, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 3)
    with mark_read_once():
        for number in range(10):
            assert kept(("page", number), lambda number=number: number) == number
            assert len(keeping._latest.things) <= 3


def test_a_store_that_a_form_fills_in_is_nobody_elses(client, store):
    first = _store_at(place_of(store))
    first.languages.append("xx")
    first.name = "Changed"

    assert _store_at(place_of(store)).languages == store.languages
    assert str(_store_at(place_of(store)).name) == str(store.name)


# --- Parts of pages ---------------------------------------------------------------------------------


def drawn(source, **context):
    with mark_read_once():
        return Template(source).render(Context(context))


def test_a_kept_part_differs_by_its_arguments_its_language_and_the_readers_token(store):
    source = '{% kept "part" who %}{% translate "Inbox" %} {{ who }} {% csrf_token %}{% endkept %}'
    first = drawn(source, who="alice", csrf_token="token-of-alice")
    with override("pl"):
        polish = drawn(source, who="alice", csrf_token="token-of-alice")

    assert "token-of-alice" in first and "Inbox alice" in first
    assert drawn(source, who="bob", csrf_token="token-of-bob") == first.replace("alice", "bob")
    assert drawn(source, who="alice", csrf_token="token-of-kasia") == first.replace("token-of-alice", "token-of-kasia")
    assert "Inbox" not in polish


def test_a_part_is_drawn_while_the_database_is_away_and_asks_it_once(store, monkeypatch):
    asked = []

    def away():
        asked.append(1)
        raise OperationalError("away")

    monkeypatch.setattr(keeping, "_read_mark", away)
    with mark_read_once():
        for _part in range(3):
            assert "Inbox" in Template('{% kept "part" %}{% translate "Inbox" %}{% endkept %}').render(Context())

    assert len(asked) == 1


def test_a_setting_that_changes_draws_the_part_again(client, store):
    assert "Terms of sale" not in client.get("/").content.decode()

    PortalLink.objects.create(store=store, label="Terms of sale", url="https://shop.example/terms")
    assert "Terms of sale" in client.get("/").content.decode()

    PortalLink.objects.update(label="Conditions")
    page = client.get("/").content.decode()
    assert "Conditions" in page and "Terms of sale" not in page


def test_nobody_finds_the_token_or_the_name_of_another(store):
    pages = {}
    for name in ("Nour", "Kasia"):
        browser = Client()
        browser.force_login(make_customer(name).user)
        browser.get("/")
        token = re.search('csrfmiddlewaretoken" value="([^"]+)"', browser.get("/").content.decode())[1]
        pages[name] = browser.get("/").content.decode(), token

    assert "Nour" not in pages["Kasia"][0] and "Kasia" not in pages["Nour"][0]
    assert pages["Kasia"][1] != pages["Nour"][1]
    assert parts.TOKEN not in pages["Kasia"][0]
