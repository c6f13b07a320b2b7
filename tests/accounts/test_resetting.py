import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.services import disable_person
from notifications.models import Delivery
from tests.accounts.door import code_sent_to, is_in, last_message, other_device, sign_in, type_code
from tests.make import PASSWORD, make_person, make_store

pytestmark = pytest.mark.django_db
NEW = "an even longer password"


@pytest.fixture(autouse=True)
def store():
    return make_store(phone_region="IR")


@pytest.fixture
def kasia():
    return make_person("Kasia", email="kasia@mail.example", phone="+989123456789", phone_verified=True, password=PASSWORD)


def ask(client, login, **more):
    return client.post(reverse("account_reset_password"), {"login": login, **more})


def allow(client, address):
    ask(client, address)
    return type_code(client, code_sent_to(address))


def choose(client, password=NEW):
    return client.post(reverse("account_complete_password_reset"), {"password": password})


@pytest.mark.parametrize("address", ["kasia@mail.example", "+989123456789"])
def test_a_code_by_mail_or_sms_leads_to_a_new_password(client, kasia, address):
    assert allow(client, address).url == reverse("account_complete_password_reset")
    assert choose(client).url == reverse("portal:home")

    kasia.refresh_from_db()
    assert kasia.check_password(NEW)
    assert is_in(client)
    assert sign_in(Client(), kasia.email, PASSWORD).status_code == 200


def test_other_devices_are_out_and_the_owner_hears_of_it(client, kasia):
    device = other_device(kasia)
    assert is_in(device)
    allow(client, kasia.email)
    choose(client)

    assert not is_in(device)
    told = Delivery.objects.filter(template="account_changed")
    assert {(row.address, row.context["change"]) for row in told} == {(kasia.phone, "password"), (kasia.email, "password")}


def test_a_weak_password_is_refused_beside_the_field(client, kasia):
    allow(client, kasia.email)
    assert list(choose(client, "12345678").context["form"].errors) == ["password"]
    assert choose(client).status_code == 302


def test_the_permission_works_once(client, kasia):
    allow(client, kasia.email)
    choose(client)
    client.post(reverse("account_logout"))

    assert choose(client, "a third long password").url == reverse("account_login")
    kasia.refresh_from_db()
    assert kasia.check_password(NEW)


def test_the_permission_ends_with_any_other_change_of_the_password(client, kasia):
    allow(client, kasia.email)
    kasia.set_password("changed by the owner meanwhile")
    kasia.save()

    assert choose(client).url == reverse("account_login")
    kasia.refresh_from_db()
    assert kasia.check_password("changed by the owner meanwhile")


def test_the_permission_ends_after_ten_minutes(client, kasia):
    allow(client, kasia.email)
    session = client.session
    session["new_password"] = {**session["new_password"], "at": time.time() - 601}
    session.save()

    assert choose(client).url == reverse("account_login")


def test_the_permission_ends_when_the_account_is_closed(client, kasia):
    allow(client, kasia.email)
    disable_person(kasia)
    assert choose(client).url == reverse("account_login")


def test_without_a_code_nothing_is_allowed(client, kasia):
    assert choose(client).url == reverse("account_login")
    ask(client, kasia.email)
    assert choose(client).url == reverse("account_login")
    kasia.refresh_from_db()
    assert kasia.check_password(PASSWORD)


@pytest.mark.parametrize("code", ["", " ", "000000\x00"])
def test_an_empty_code_allows_nothing(client, kasia, code):
    ask(client, kasia.email)
    assert type_code(client, code).context["form"].errors


def test_an_address_without_account_hears_so_only_after_its_code(client):
    ask(client, "karol@mail.example")
    assert last_message("karol@mail.example").template == "reset_password"
    assert type_code(client, code_sent_to("karol@mail.example")).url == reverse("account_signup")


def test_codes_never_lie_open_in_the_database(client, kasia):
    ask(client, kasia.email)
    code = code_sent_to(kasia.email)
    with connection.cursor() as cursor:
        cursor.execute("select secret_context, context from notifications_delivery")
        assert all(code not in json.dumps(row) for row in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_with_one_permission_one_sets_the_password(client):
    make_store(key="again", is_default=False)
    kasia = make_person("Kasia", email="kasia@mail.example", password=PASSWORD)
    allow(client, kasia.email)

    def attempt(password):
        browser = Client()
        browser.cookies = client.cookies
        try:
            return choose(browser, password).url
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        led = sorted(pool.map(attempt, ["the first long password", "the second long password"]))

    assert led == ["/", reverse("account_login")]
    assert get_user_model().objects.get().has_usable_password()
