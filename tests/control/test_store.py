"""The store's pages: what was typed is what the store has, a mistake stands at its field, and nothing half is saved."""

import logging

import pytest
from i18nfield.strings import LazyI18nString

from audit.models import AuditLine
from stores.errors import KeysAreMissing, LanguageIsNotOffered
from stores.services import change_settings
from tests.make import fresh, make_customer, make_ticket
from tickets.models import Ticket
from tickets.services.lifecycle import close_ticket

LANGUAGES = {
    "languages": ["en", "fa", "pl", "ru"],
    "language": "en",
    "calendar": "auto",
    "time_zone": "Europe/Warsaw",
    "phone_region": "PL",
}
REQUESTS = {
    "visitors_may_open": "on",
    "customers_may_close": "on",
    "customers_may_reopen": "on",
    "number_prefix": "",
    "number_digits": "6",
    "retention_months": "",
}
MESSAGES = {"max_files": "5", "max_file_mb": "10", "survey_delay_minutes": "60", "undo_seconds": "0", "sender_email": ""}
PAGES = {"/control/store/languages/": LANGUAGES, "/control/store/requests/": REQUESTS, "/control/store/messages/": MESSAGES}


def errors(response):
    assert response.status_code == 422
    return set(response.context["form"].errors)


@pytest.mark.parametrize(
    ("address", "typed", "stored"),
    [
        (
            "/control/store/messages/",
            {"max_files": "۷", "sender_email": "help@shop.example"},
            {"max_files": 7, "sender_email": "help@shop.example"},
        ),
        (
            "/control/store/languages/",
            {"languages": ["en", "fa"], "language": "fa", "calendar": "jalali"},
            {"language": "fa", "calendar": "jalali"},
        ),
        (
            "/control/store/languages/",
            {"time_zone": "Asia/Tehran", "phone_region": "IR"},
            {"time_zone": "Asia/Tehran", "phone_region": "IR"},
        ),
        ("/control/store/requests/", {"number_prefix": "nv۲", "number_digits": "7"}, {"number_prefix": "NV2", "number_digits": 7}),
        ("/control/store/requests/", {"retention_months": "24"}, {"retention_months": 24}),
        ("/control/store/messages/", {"undo_seconds": "۱۵"}, {"undo_seconds": 15}),
    ],
)
def test_what_was_typed_is_what_the_store_has(as_olga, store, address, typed, stored):
    response = as_olga.post(address, PAGES[address] | typed, follow=True)

    assert "The settings are saved." in response.content.decode()
    assert {name: getattr(fresh(store), name) for name in stored} == stored


@pytest.mark.parametrize("address", PAGES)
def test_saving_a_page_untouched_changes_nothing(as_olga, store, address):
    before = {field.name: getattr(fresh(store), field.name) for field in store._meta.concrete_fields}

    as_olga.post(address, PAGES[address])

    assert {field.name: getattr(fresh(store), field.name) for field in store._meta.concrete_fields} == before


@pytest.mark.parametrize(
    ("address", "typed", "wrong"),
    [
        ("/control/store/messages/", {"max_files": "0"}, {"max_files"}),
        ("/control/store/messages/", {"max_files": "21", "max_file_mb": "many"}, {"max_files", "max_file_mb"}),
        ("/control/store/messages/", {"undo_seconds": "61"}, {"undo_seconds"}),
        ("/control/store/messages/", {"sender_email": "help at shop"}, {"sender_email"}),
        ("/control/store/languages/", {"languages": []}, {"languages"}),
        ("/control/store/languages/", {"languages": ["fa"], "language": "en"}, {"language"}),
        ("/control/store/languages/", {"language": "de"}, {"language"}),
        ("/control/store/languages/", {"time_zone": "Mars/Olympus"}, {"time_zone"}),
        ("/control/store/languages/", {"phone_region": "XX"}, {"phone_region"}),
        ("/control/store/requests/", {"number_prefix": "1NV"}, {"number_prefix"}),
        ("/control/store/requests/", {"number_prefix": "NV-"}, {"number_prefix"}),
        ("/control/store/requests/", {"number_prefix": "فروش"}, {"number_prefix"}),
        ("/control/store/requests/", {"number_digits": "4"}, {"number_digits"}),
        ("/control/store/requests/", {"retention_months": "0"}, {"retention_months"}),
    ],
)
def test_mistakes_are_named_at_their_fields_and_change_nothing(as_olga, store, address, typed, wrong):
    before = {name: getattr(store, name) for name in PAGES[address]}

    response = as_olga.post(address, PAGES[address] | typed)

    assert errors(response) == wrong
    assert {name: getattr(fresh(store), name) for name in PAGES[address]} == before


def test_visitors_are_led_to_sign_in_once_they_may_not_write(as_olga, client, support):
    address = f"/tickets/new/{support.pk}/"
    assert client.get(address).status_code == 200

    as_olga.post("/control/store/requests/", {name: value for name, value in REQUESTS.items() if name != "visitors_may_open"})

    assert client.get(address)["Location"].startswith("/account/login/")


def test_new_tickets_are_numbered_as_the_owner_wishes(as_olga, client, support):
    as_olga.post("/control/store/requests/", REQUESTS | {"number_prefix": "NV", "number_digits": "5"})
    kasia = make_customer()
    ticket = make_ticket(department=support, customer=kasia)

    assert ticket.number.startswith("NV")
    assert len(ticket.number) == 7
    client.force_login(kasia.user)
    assert client.get(f"/tickets/{ticket.number.lower()}/", follow=True).context["ticket"] == ticket
    assert list(Ticket.objects.matching(ticket.number.lower())) == list(Ticket.objects.matching(ticket.number[2:])) == [ticket]


def test_a_shorter_time_of_keeping_says_first_how_many_tickets_go(as_olga, store, support):
    ticket = close_ticket(make_ticket(department=support))
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=ticket.closed_at.replace(year=ticket.closed_at.year - 2))

    asked = as_olga.post("/control/store/requests/", REQUESTS | {"retention_months": "12"})

    assert asked.context["going"] == 1
    assert fresh(store).retention_months is None
    as_olga.post("/control/store/requests/", REQUESTS | {"retention_months": "12", "confirmed": "12"})
    assert fresh(store).retention_months == 12


def test_the_store_speaks_to_customers_as_its_owner_wrote(as_olga, client, store, support):
    typed = {"name_en": "Caspian", "name_fa": "خزر", "welcome_en": "Ask away.", "thanks_en": "We read it today.", "footer_en": "Rasht"}

    as_olga.post("/control/", typed | {"site_url": "https://shop.example/"})

    store = fresh(store)
    assert store.name.data == {"en": "Caspian", "fa": "خزر"}
    page = client.get("/").content.decode()
    assert all(words in page for words in ("Caspian", "Ask away.", "Rasht", "https://shop.example/"))
    kasia = make_customer()
    ticket = make_ticket(department=support, customer=kasia)
    client.force_login(kasia.user)
    assert "We read it today." in client.get(f"/tickets/{ticket.number}/sent/").content.decode()
    line = AuditLine.objects.latest("pk")
    assert line.after["name"] == {"en": "Caspian", "fa": "خزر"}


def test_a_store_without_a_name_is_refused(as_olga, store):
    response = as_olga.post("/control/", {"welcome_en": "Kept"})

    assert errors(response) == {"name_en"}
    assert "Kept" in response.content.decode()
    assert str(fresh(store).name) == "Narvan"


# --- The service ------------------------------------------------------------------------------------


def test_the_service_refuses_what_is_no_setting(store, olga):
    with pytest.raises(ValueError, match="is_default"):
        change_settings(store, {"is_default": True}, by=olga)


def test_the_service_refuses_googles_captcha_without_keys(store, olga):
    with pytest.raises(KeysAreMissing):
        change_settings(store, {"captcha": "google", "max_files": 3}, by=olga)
    assert fresh(store).max_files == 5


def test_the_service_refuses_a_first_language_nobody_offers(store, olga):
    with pytest.raises(LanguageIsNotOffered):
        change_settings(store, {"languages": ["fa"], "language": "en"}, by=olga)


def test_words_that_stay_the_same_leave_no_line(store, olga):
    change_settings(store, {"name": LazyI18nString({"en": "Narvan"})}, by=olga)
    lines = AuditLine.objects.count()

    change_settings(store, {"name": LazyI18nString({"en": "Narvan", "fa": ""})}, by=olga)

    assert AuditLine.objects.count() == lines


def test_a_change_is_written_to_the_log_without_secrets(store, olga, caplog):
    with caplog.at_level(logging.INFO, logger="stores"):
        change_settings(store, {"captcha_private_key": "very-secret", "max_files": 3}, by=olga)

    assert f"person {olga.pk} changed captcha_private_key, max_files" in caplog.text
    assert "very-secret" not in caplog.text


def test_a_value_of_old_that_is_no_choice_any_more_stays(as_olga, store):
    store.time_zone = "Etc/GMT+1"
    store.save()

    as_olga.post("/control/store/languages/", LANGUAGES | {"time_zone": "Etc/GMT+1", "calendar": "jalali"})

    assert (fresh(store).time_zone, fresh(store).calendar) == ("Etc/GMT+1", "jalali")
