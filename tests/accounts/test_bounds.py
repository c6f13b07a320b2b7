import pytest
from django.urls import reverse

from tests.accounts.door import ask_for_code, code_sent_to, is_in, sign_in, sign_in_by_code, type_code
from tests.make import PASSWORD, make_person, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store():
    return make_store(phone_region="IR")


@pytest.fixture(autouse=True)
def one_moment(monkeypatch):
    """Limits count in spans of time; a test must not meet the end of one."""
    monkeypatch.setattr("common.limits.time.time", lambda: 1_800_000_000.0)


@pytest.fixture
def kasia():
    return make_person("Kasia", email="kasia@mail.example", password=PASSWORD)


def guess(client, login="kasia@mail.example", times=1, **headers):
    return [sign_in(client, login, f"wrong {n}", **headers).status_code for n in range(times)]


def test_guessing_the_password_of_one_person_is_slowed(client, kasia):
    assert guess(client, times=12) == [200] * 10 + [429] * 2


def test_the_page_that_refuses_says_when_to_come_back(client, kasia):
    guess(client, times=10)
    answer = sign_in(client, kasia.email, "wrong")

    assert 1 <= int(answer.headers["Retry-After"]) <= 600
    assert "</html>" in answer.content.decode()


def test_unknown_people_are_guarded_alike(client):
    assert guess(client, "nobody@mail.example", times=11) == [200] * 10 + [429]


def test_mobile_numbers_are_counted_one_by_one(client, kasia):
    guess(client, "09120000000", times=11)
    assert guess(client, "09120000001") == [200]


def test_writing_the_address_otherwise_changes_nothing(client, kasia):
    guess(client, "KASIA@mail.example", times=5)
    assert guess(client, " kasia@MAIL.example", times=6) == [200] * 5 + [429]


def test_one_password_for_many_people_is_slowed(client):
    seen = [sign_in(client, f"person{n}@mail.example", "password1").status_code for n in range(101)]
    assert seen == [200] * 100 + [429]


def test_a_made_up_forwarding_header_is_not_believed(client):
    for n in range(100):
        sign_in(client, f"person{n}@mail.example", "password1", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert sign_in(client, "kasia@mail.example", "x", HTTP_X_FORWARDED_FOR="198.51.100.1").status_code == 429


def test_strangers_do_not_lock_out_whoever_signed_in_here_before(client, kasia):
    sign_in(client, kasia.email, PASSWORD)
    client.post(reverse("account_logout"))
    stranger = type(client)(REMOTE_ADDR="203.0.113.9")
    guess(stranger, times=11)
    assert sign_in(stranger, kasia.email, PASSWORD).status_code == 429

    assert sign_in(client, kasia.email, PASSWORD).status_code == 302


def test_a_known_browser_has_no_more_tries_than_others(client, kasia):
    sign_in(client, kasia.email, PASSWORD)
    client.post(reverse("account_logout"))
    assert guess(client, times=11) == [200] * 10 + [429]


def test_a_known_browser_is_known_for_its_own_people_only(client, kasia):
    karol = make_person("Karol", email="karol@mail.example", password=PASSWORD)
    sign_in(client, karol.email, PASSWORD)
    client.post(reverse("account_logout"))
    guess(type(client)(REMOTE_ADDR="203.0.113.9"), times=10)

    assert guess(client) == [429]


@pytest.mark.parametrize("cookie", ["", "x", "x:y:z", '["a", ["b"]]', "\x00"])
def test_a_damaged_cookie_is_no_cookie(client, kasia, cookie):
    client.cookies["known"] = cookie
    assert sign_in(client, kasia.email, PASSWORD).status_code == 302


def test_the_lock_ends_by_itself(client, kasia, monkeypatch):
    guess(client, times=12)
    monkeypatch.setattr("common.limits.time.time", lambda: 1_800_000_000.0 + 601)
    assert sign_in(client, kasia.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("login", ["kasia@mail.example", "09123456789"])
def test_codes_to_one_address_are_few(client, kasia, login):
    assert [ask_for_code(client, login).status_code for _n in range(5)] == [302] * 3 + [429] * 2


def test_new_codes_count_like_first_ones(client, kasia):
    ask_for_code(client, kasia.email)
    resent = [client.post(reverse("account_resend_code")).status_code for _n in range(4)]
    assert resent == [302, 302, 429, 429]


def test_a_thousand_wishes_for_codes_by_sms_cost_little(client):
    seen = [ask_for_code(client, f"0912{n:07}").status_code for n in range(60)]
    assert seen == [302] * 30 + [429] * 30


def test_no_more_sms_leave_in_an_hour_than_the_operator_allows(client, settings):
    settings.SMS_CODES_PER_HOUR = 4
    seen = [ask_for_code(type(client)(REMOTE_ADDR=f"203.0.113.{n}"), f"0912000000{n}").status_code for n in range(6)]
    assert seen == [302] * 4 + [429] * 2
    assert ask_for_code(client, "kasia@mail.example").status_code == 302


def test_guesses_at_codes_are_slowed_over_all_codes(client, kasia):
    statuses = []
    for n in range(70):
        if n % 5 == 0:
            client.session.flush()
            browser = type(client)()
            ask_for_code(browser, f"person{n}@mail.example")
        statuses.append(type_code(browser, "wrong").status_code)
    assert statuses == [200] * 60 + [429] * 10


def test_asking_for_the_own_password_again_is_slowed(client, kasia):
    client.force_login(kasia)
    statuses = [client.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code for _n in range(11)]
    assert statuses == [200] * 10 + [429]


def test_a_dead_cache_does_not_close_the_door(client, kasia, settings):
    settings.CACHES = {"default": {"BACKEND": "common.caching.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}

    assert sign_in(client, kasia.email, PASSWORD).status_code == 302
    other = type(client)()
    assert sign_in_by_code(other, kasia.email).status_code == 302
    assert is_in(other)


def test_wrong_passwords_are_written_to_the_log_without_the_address(client, kasia, caplog):
    sign_in(client, kasia.email, "wrong")
    assert "A password was refused, from 127.0.0.1" in caplog.text
    assert kasia.email not in caplog.text
    assert "wrong" not in caplog.text.replace("A password", "")


def test_a_code_still_works_for_whoever_is_slowed_at_the_password(client, kasia):
    guess(client, times=11)
    ask_for_code(client, kasia.email)
    type_code(client, code_sent_to(kasia.email))
    assert is_in(client)
