import pytest
from django.core.cache import cache

from stores.models import BlockRule
from tests.fakes.google import SECRET, GoogleServer
from tests.make import fresh, make_store

FORM = {
    "captcha": "off",
    "captcha_public_key": "",
    "captcha_private_key": "",
    "without_google": "work",
    "requests_per_hour": "10",
}
GOOGLE = FORM | {"captcha": "google", "captcha_public_key": "site-key", "captcha_private_key": SECRET}


@pytest.fixture
def google(monkeypatch):
    with GoogleServer() as server:
        monkeypatch.setattr("django_recaptcha.client.recaptcha_request", server.request)
        yield server


def save(browser, **typed):
    return browser.post("/control/protection/", FORM | typed)


def test_what_was_typed_is_what_the_store_has(as_olga, store):
    response = as_olga.post("/control/protection/", GOOGLE | {"without_google": "refuse", "requests_per_hour": "۲۵"}, follow=True)

    assert "The settings are saved." in response.content.decode()
    store = fresh(store)
    assert (store.captcha, store.captcha_public_key, store.captcha_private_key) == ("google", "site-key", SECRET)
    assert (store.without_google, store.requests_per_hour) == ("refuse", 25)


def test_the_captcha_of_our_own_stands_in_the_portal_once_chosen_and_goes_when_it_is_off(as_olga, client, support):
    address = f"/tickets/new/{support.pk}/"
    assert "<proof-of-work" not in client.get(address).content.decode()

    save(as_olga, captcha="pow")
    assert "<proof-of-work" in client.get(address).content.decode()
    save(as_olga)
    assert "<proof-of-work" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"captcha": "google"}, {"captcha_public_key", "captcha_private_key"}),
        ({"captcha": "google", "captcha_public_key": "site"}, {"captcha_private_key"}),
        ({"captcha": "sudoku"}, {"captcha"}),
        ({"without_google": "pray"}, {"without_google"}),
        ({"requests_per_hour": "0"}, {"requests_per_hour"}),
        ({"requests_per_hour": "1001"}, {"requests_per_hour"}),
        ({"captcha_public_key": "k" * 101}, {"captcha_public_key"}),
    ],
)
def test_mistakes_are_named_at_their_fields_and_change_nothing(as_olga, store, typed, wrong):
    response = save(as_olga, **typed)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == wrong
    assert fresh(store).captcha == "off"


def test_the_secret_key_is_never_shown_and_stays_when_left_empty(as_olga, store):
    as_olga.post("/control/protection/", GOOGLE)

    page = as_olga.get("/control/protection/").content.decode()
    as_olga.post("/control/protection/", GOOGLE | {"captcha_private_key": "", "captcha_public_key": "other-site-key"})

    assert SECRET not in page
    assert "A key is kept" in page
    assert (fresh(store).captcha_public_key, fresh(store).captcha_private_key) == ("other-site-key", SECRET)


@pytest.mark.parametrize(
    ("secret", "mode", "said"),
    [
        (SECRET, "ok", "knows the secret key"),
        ("mistyped", "ok", "does not know this secret key"),
        (SECRET, "slow", "within three seconds"),
        (SECRET, "broken", "out of reach"),
        (SECRET, "odd", "not what Google says"),
        ("", "ok", "no secret key to try"),
    ],
)
def test_the_keys_can_be_tried_before_they_are_saved(as_olga, store, google, settings, secret, mode, said):
    settings.RECAPTCHA_VERIFY_REQUEST_TIMEOUT = 0.05 if mode == "slow" else 3
    google.mode, google.delay = mode, 0.2

    response = as_olga.post("/control/protection/keys/", GOOGLE | {"captcha_private_key": secret, "requests_per_hour": "77"})

    page = response.content.decode()
    assert said in page
    assert "site-key" in page
    assert 'value="77"' in page
    assert secret not in page or not secret
    assert fresh(store).captcha_private_key == ""


def test_the_page_says_when_google_could_not_be_asked(as_olga, store, google):
    as_olga.post("/control/protection/", GOOGLE | {"captcha_private_key": "mistyped"})
    assert "could not be asked" not in as_olga.get("/control/protection/").content.decode()

    as_olga.post("/control/protection/keys/", GOOGLE | {"captcha_private_key": ""})

    assert "could not be asked" in as_olga.get("/control/protection/").content.decode()
    cache.clear()


# --- Rules ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("word", "  Casino   bonus ", "Casino bonus"),
        ("sender", "Spam@Shop.EXAMPLE", "spam@shop.example"),
        ("sender", "@spam.example", "spam.example"),
        ("sender", "601 220 214", "+48601220214"),
        ("address", "203.0.113.77/24", "203.0.113.0/24"),
        ("address", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_a_rule_is_kept_in_one_spelling(as_olga, store, kind, typed, kept):
    as_olga.post("/control/protection/rules/", {"kind": kind, "value": typed})

    rule = BlockRule.objects.get()
    assert (rule.store, rule.kind, rule.value) == (store, kind, kept)
    assert kept in as_olga.get("/control/protection/rules/").content.decode()


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("word", "!"),
        ("word", "w" * 201),
        ("sender", "nobody at all"),
        ("sender", "a@b@c"),
        ("sender", "12"),
        ("address", "300.1.1.1"),
        ("address", "0.0.0.0/0"),
        ("address", "::/1"),
        ("planet", "Mars"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_in_words(as_olga, kind, typed):
    response = as_olga.post("/control/protection/rules/", {"kind": kind, "value": typed})

    assert response.status_code == 422
    assert response.context["form"].errors
    assert not BlockRule.objects.exists()


def test_a_rule_stands_once_and_can_be_removed(as_olga, store):
    for _time in range(2):
        response = as_olga.post("/control/protection/rules/", {"kind": "word", "value": "casino"})
    assert "already" in str(response.context["form"].errors)

    as_olga.post(f"/control/protection/rules/{BlockRule.objects.get().pk}/removal/")

    assert not BlockRule.objects.exists()


def test_there_is_an_end_to_rules(as_olga, store, monkeypatch):
    monkeypatch.setattr("stores.blocking.MOST_RULES", 1)
    BlockRule.objects.create(store=store, kind="word", value="casino")

    response = as_olga.post("/control/protection/rules/", {"kind": "word", "value": "watches"})

    assert "so many rules" in str(response.context["form"].errors)
    assert BlockRule.objects.count() == 1


def test_the_rules_of_another_store_do_not_exist(as_olga):
    rule = BlockRule.objects.create(store=make_store(), kind="word", value="casino")

    assert as_olga.post(f"/control/protection/rules/{rule.pk}/removal/").status_code == 404
    assert "casino" not in as_olga.get("/control/protection/rules/").content.decode()
