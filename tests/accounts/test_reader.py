import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from accounts.middleware import ReaderMiddleware
from common.moments import current_reader
from tests.make import make_person, make_store

pytestmark = pytest.mark.django_db


def language_of(client, **headers):
    return client.get(reverse("account_login") if not client.session.get("_auth_user_id") else reverse("portal:home"), **headers).headers[
        "Content-Language"
    ]


@pytest.fixture
def store():
    return make_store(languages=["fa", "pl", "en"], language="fa", time_zone="Asia/Tehran")


def test_the_first_language_of_the_store_is_for_whoever_has_no_wish(client, store):
    assert language_of(client) == "fa"
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="de, ru;q=0.9") == "fa"


def test_the_browser_is_asked_for_the_languages_the_store_speaks(client, store):
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="ru, pl-PL;q=0.9, en;q=0.8") == "pl"


def test_a_former_choice_goes_before_the_browser(client, store):
    client.cookies["language"] = "en"
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="pl") == "en"
    client.cookies["language"] = "ru"
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="pl") == "pl"


def test_a_persons_own_language_goes_before_everything(client, store):
    client.force_login(make_person(language="ru"))
    client.cookies["language"] = "en"
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="pl") == "ru"


def test_a_person_without_a_language_reads_like_a_visitor(client, store):
    client.force_login(make_person())
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="pl") == "pl"


@pytest.mark.parametrize("header", ["", "*", ";;;", "x" * 5000, "pl;q=nonsense", "\u0600", "-"])
def test_any_header_gets_a_page(client, store, header):
    assert language_of(client, HTTP_ACCEPT_LANGUAGE=header) in {"fa", "pl"}


def test_pages_vary_by_what_chose_their_language(client, store):
    vary = client.get(reverse("account_login")).headers["Vary"]
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in vary.split(",")}


def test_persian_pages_run_from_right_to_left(client, store):
    assert '<html lang="fa" dir="rtl"' in client.get(reverse("account_login")).content.decode()


def _read(user, store):
    seen = {}

    def page(request):
        from django.http import HttpResponse

        reader = current_reader()
        seen.update(language=translation.get_language(), zone=timezone.get_current_timezone_name(), reads_jalali=reader.reads_jalali)
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user, request.store = user, store
    ReaderMiddleware(page)(request)
    return seen


def test_zone_and_calendar_are_the_persons_else_the_stores(store):
    here = {"language": "pl", "zone": "Europe/Warsaw", "reads_jalali": True}
    assert _read(make_person(language="pl", time_zone="Europe/Warsaw", calendar="jalali"), store) == here
    assert _read(make_person(language="en"), store) == {"language": "en", "zone": "Asia/Tehran", "reads_jalali": False}


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Europe"])
def test_a_zone_that_is_none_falls_back_to_the_stores(store, zone):
    assert _read(make_person(time_zone=zone), store)["zone"] == "Asia/Tehran"


def test_without_a_store_everything_still_opens(client):
    assert client.get(reverse("account_login"), HTTP_ACCEPT_LANGUAGE="ru").headers["Content-Language"] == "ru"


def test_the_reader_is_forgotten_after_the_request(store):
    before = translation.get_language()
    _read(make_person(language="ru"), store)
    assert translation.get_language() == before
