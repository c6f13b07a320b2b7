import logging

import pytest

from stores.errors import KeysAreMissing, LanguageIsNotOffered
from stores.services import change_settings
from tests.make import fresh


@pytest.fixture
def form():
    """Everything the page sends, as it stands on a new store."""
    return {
        "visitors_may_open": "on",
        "customers_may_close": "on",
        "max_files": "5",
        "max_file_mb": "10",
        "survey_delay_minutes": "60",
        "sender_email": "",
        "languages": ["en", "fa", "pl", "ru"],
        "language": "en",
        "time_zone": "Europe/Warsaw",
        "phone_region": "PL",
    }


def errors(response):
    assert response.status_code == 422
    return set(response.context["form"].errors)


def test_the_portals_address_can_be_copied_and_opened(as_olga, client, settings):
    settings.SITE_URL = "https://help.example.com"

    page = as_olga.get("/control/").content.decode()

    assert '<copy-text text="https://help.example.com/"' in page
    assert 'href="https://help.example.com/"' in page
    assert client.get("/").status_code == 200


def test_what_was_typed_is_what_the_store_has(as_olga, store, form):
    form |= {
        "max_files": "۷",
        "max_file_mb": "20",
        "survey_delay_minutes": "0",
        "sender_email": "help@shop.example",
        "languages": ["en", "fa"],
        "language": "fa",
        "time_zone": "Asia/Tehran",
        "phone_region": "IR",
    }
    del form["customers_may_close"]

    response = as_olga.post("/control/", form, follow=True)

    assert "The settings are saved." in response.content.decode()
    store = fresh(store)
    assert (store.max_files, store.max_file_mb, store.survey_delay_minutes) == (7, 20, 0)
    assert (store.sender_email, store.offered_languages, store.language) == ("help@shop.example", ["fa", "en"], "fa")
    assert (store.time_zone, store.phone_region) == ("Asia/Tehran", "IR")
    assert store.visitors_may_open
    assert not store.customers_may_close


def test_saving_the_page_untouched_changes_nothing(as_olga, store, form):
    before = {field.name: getattr(fresh(store), field.name) for field in store._meta.concrete_fields}

    as_olga.post("/control/", form)

    assert {field.name: getattr(fresh(store), field.name) for field in store._meta.concrete_fields} == before


def test_visitors_are_led_to_sign_in_once_they_may_not_write(as_olga, client, support, form):
    address = f"/tickets/new/{support.pk}/"
    assert client.get(address).status_code == 200
    del form["visitors_may_open"]

    as_olga.post("/control/", form)

    assert client.get(address)["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"max_files": "0"}, {"max_files"}),
        ({"max_files": "21", "max_file_mb": "many"}, {"max_files", "max_file_mb"}),
        ({"survey_delay_minutes": "-1"}, {"survey_delay_minutes"}),
        ({"survey_delay_minutes": "999999"}, {"survey_delay_minutes"}),
        ({"sender_email": "help at shop"}, {"sender_email"}),
        ({"languages": []}, {"languages"}),
        ({"languages": ["fa"], "language": "en"}, {"language"}),
        ({"language": "de"}, {"language"}),
        ({"time_zone": "Mars/Olympus"}, {"time_zone"}),
        ({"phone_region": "XX"}, {"phone_region"}),
    ],
)
def test_mistakes_are_named_at_their_fields_and_change_nothing(as_olga, store, form, typed, wrong):
    response = as_olga.post("/control/", form | {"sender_email": "kept@shop.example"} | typed)

    assert errors(response) == wrong
    assert fresh(store).sender_email == ""
    if "sender_email" not in typed:
        assert "kept@shop.example" in response.content.decode()


def test_an_empty_post_is_refused(as_olga, store):
    assert "max_files" in errors(as_olga.post("/control/"))
    assert fresh(store).visitors_may_open


def test_a_value_of_old_that_is_no_choice_any_more_stays(as_olga, store, form):
    type(store).objects.update(time_zone="Etc/GMT+1")

    as_olga.post("/control/", form | {"time_zone": "Etc/GMT+1", "max_files": "3"})

    assert (fresh(store).time_zone, fresh(store).max_files) == ("Etc/GMT+1", 3)


def test_the_log_says_who_changed_what_but_no_values(store, olga, caplog):
    with caplog.at_level(logging.INFO, logger="stores.services"):
        change_settings(store, {"captcha_private_key": "very-secret", "max_files": 5}, by=olga)

    assert f"person {olga.pk} changed captcha_private_key" in caplog.text
    assert "very-secret" not in caplog.text
    assert "max_files" not in caplog.text


def test_the_service_refuses_what_would_not_work(store, olga):
    with pytest.raises(KeysAreMissing):
        change_settings(store, {"captcha": "google", "captcha_public_key": "site"}, by=olga)
    with pytest.raises(LanguageIsNotOffered):
        change_settings(store, {"languages": ["pl"]}, by=olga)
    with pytest.raises(ValueError, match="is_default"):
        change_settings(store, {"is_default": False}, by=olga)
    assert (fresh(store).captcha, fresh(store).languages) == ("off", ["en", "fa", "pl", "ru"])
