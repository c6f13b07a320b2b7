import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.urls import reverse

from accounts.services import disable_person, enable_person
from tests.accounts.door import is_in, other_device, sign_in
from tests.make import PASSWORD, make_person, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store():
    return make_store()


@pytest.fixture
def kasia():
    return make_person("Kasia", password=PASSWORD)


def test_signing_in_gives_the_session_a_new_id_and_the_old_one_is_nobody(client, kasia):
    client.post(reverse("account_request_login_code"), {"login": "somebody@mail.example"})
    before = client.session.session_key
    sign_in(client, kasia.email, PASSWORD)
    assert client.session.session_key != before

    thief = type(client)()
    thief.cookies["session"] = before
    assert not is_in(thief)


def test_a_session_that_began_before_the_way_in_had_its_name_goes_on(client, kasia):
    sign_in(client, kasia.email, PASSWORD)
    session = client.session
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.save()

    assert is_in(client)


def test_a_session_is_refused_after_signing_out(client, kasia):
    sign_in(client, kasia.email, PASSWORD)
    kept = client.session.session_key
    client.post(reverse("account_logout"))
    client.cookies["session"] = kept

    assert not is_in(client)


def test_a_changed_password_ends_the_sessions_of_other_devices_and_keeps_this_one(client, kasia):
    device = other_device(kasia)
    sign_in(client, kasia.email, PASSWORD)
    answer = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "an even longer password"})

    assert answer.url == reverse("portal:profile")
    assert is_in(client)
    assert not is_in(device)


def test_closing_an_account_ends_its_sessions_for_good(client, kasia):
    client.force_login(kasia)
    disable_person(kasia)
    assert not is_in(client)

    enable_person(kasia)
    assert not is_in(client)


def test_all_other_devices_can_be_signed_out(client, kasia):
    device = other_device(kasia)
    client.force_login(kasia)
    client.post(reverse("account_end_sessions"))

    assert is_in(client)
    assert not is_in(device)


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(client, kasia):
    sign_in(client, kasia.email, PASSWORD)
    client.post(reverse("portal:language"), {"language": "pl"})

    for name in ("session", "csrftoken" if "csrftoken" in client.cookies else "session", "known", "language"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_pages_of_the_account_are_not_kept_by_caches(client, kasia):
    client.force_login(kasia)
    assert "no-store" in client.get(reverse("portal:profile")).headers["Cache-Control"]
