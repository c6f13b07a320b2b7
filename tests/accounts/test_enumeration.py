"""Nothing tells a stranger whether an account exists: not the page, not what is sent, not the work that is done.

Work is compared here by counts, which no busy machine disturbs; scripts/time_the_door.py measures it in milliseconds.
"""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.services import disable_person, give_address
from notifications.models import Delivery
from tests.accounts.door import ask_for_code, sign_in, sign_up
from tests.make import PASSWORD, make_person, make_store

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "aaaa@mail.example", "bbbb@mail.example"


@pytest.fixture(autouse=True)
def people():
    make_store(phone_region="IR")
    person = make_person("Aaaa", email=KNOWN, phone="+989120000001", password=PASSWORD)
    give_address(person, KNOWN)
    return person


@pytest.fixture
def hashed(people, settings, monkeypatch):
    """How often Argon2 was asked to do its slow work."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    people.set_password(PASSWORD)
    people.save()
    count = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(Argon2PasswordHasher, name, lambda *a, _real=real, **k: count.append(1) or _real(*a, **k))
    return count


def password(address):
    return lambda: sign_in(Client(), address, "a wrong password")


def code(address):
    return lambda: ask_for_code(Client(), address)


def reset(address):
    return lambda: Client().post(reverse("account_reset_password"), {"login": address})


def joining(address):
    return lambda: sign_up(
        Client(), **{"email" if "@" in address else "phone": address}, **({} if "@" in address else {"email": ""}), password=PASSWORD
    )


WAYS = [password, code, reset, joining]
PAIRS = [(KNOWN, UNKNOWN), ("+989120000001", "+989120000002")]


def _plain(answer, address):
    text = answer.content.decode().replace(address, "ADDRESS")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r'name="guard_opened" value="[^"]+"', "", text)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("pair", PAIRS)
def test_status_place_and_page_are_the_same(way, pair):
    known, unknown = (way(address)() for address in pair)

    assert (known.status_code, known.get("Location")) == (unknown.status_code, unknown.get("Location"))
    assert _plain(known, pair[0]) == _plain(unknown, pair[1])
    assert known.cookies.keys() == unknown.cookies.keys()


@pytest.mark.parametrize("way", [code, reset, joining])
@pytest.mark.parametrize("pair", PAIRS)
def test_the_message_is_the_same(way, pair):
    for address in pair:
        way(address)()
    known, unknown = (Delivery.objects.get(address=address) for address in pair)

    assert (known.template, known.channel, known.language, known.context) == (
        unknown.template,
        unknown.channel,
        unknown.language,
        unknown.context,
    )


@pytest.mark.parametrize("way", [code, reset, joining])
@pytest.mark.parametrize("pair", PAIRS)
def test_the_database_is_asked_the_same(way, pair):
    asked = []
    way("warm.up@mail.example")()
    for address in pair:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            way(address)()
        asked.append([re.sub(r"'[^']*'|\d+", "?", query["sql"])[:60] for query in queries])

    assert asked[0] == asked[1]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("pair", PAIRS)
def test_the_slow_hash_runs_equally_often(way, pair, hashed):
    counts = []
    for address in pair:
        del hashed[:]
        way(address)()
        counts.append(len(hashed))

    assert counts[0] == counts[1] == (1 if way in (password, joining) else 0)


@pytest.mark.parametrize("kind", ["closed", "without a password"])
def test_special_accounts_look_like_none(people, hashed, kind):
    if kind == "closed":
        disable_person(people)
    else:
        people.set_unusable_password()
        people.save()
    del hashed[:]
    answer = password(KNOWN)()

    assert answer.context["form"].non_field_errors() == ["The address or the password is not right."]
    assert len(hashed) == 1


def test_a_limit_reached_tells_nothing_either():
    statuses = {address: [code(address)().status_code for _n in range(5)] for address in (KNOWN, UNKNOWN)}
    assert statuses[KNOWN] == statuses[UNKNOWN]


def test_an_address_taken_by_another_account_is_not_told_before_its_proof(people):
    karol = make_person("Karol", email="karol@mail.example", password=PASSWORD)
    client = Client()
    sign_in(client, karol.email, PASSWORD)
    taken = client.post(reverse("account_email"), {"address": KNOWN})
    free = client.post(reverse("account_email"), {"address": UNKNOWN})

    assert (taken.status_code, taken.url) == (free.status_code, free.url)
