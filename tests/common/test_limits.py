import threading

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory

from common import limits
from common.errors import TooManyRequests
from common.limits import client_ip, limit_or_refuse, limited, network_of


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def test_within_the_limit_nobody_waits_and_beyond_it_the_seconds_are_told():
    with time_machine.travel(1_800_000_000, tick=False):
        assert [limited("sign-in:nour", 3, 60) for _ in range(5)] == [0, 0, 0, 60, 60]
        assert limited("sign-in:kasia", 3, 60) == 0
    with time_machine.travel(1_800_000_045, tick=False):
        assert limited("sign-in:nour", 3, 60) == 15
    with time_machine.travel(1_800_000_060, tick=False):
        assert limited("sign-in:nour", 3, 60) == 0


def test_a_limit_can_refuse_by_itself():
    limit_or_refuse("x", 1, 60)
    with pytest.raises(TooManyRequests, match="Slowly") as refusal:
        limit_or_refuse("x", 1, 60, "Slowly, please.")
    assert 1 <= refusal.value.retry_after <= 60


def test_many_at_once_are_counted_one_by_one():
    waits = []
    threads = [threading.Thread(target=lambda: waits.extend(limited("many", 50, 3600) for _ in range(20))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(wait == 0 for wait in waits) == 50


def test_a_dead_cache_does_not_close_the_door(monkeypatch):
    class Dead:
        def add(self, *args):
            raise ConnectionError

    monkeypatch.setattr(limits, "cache", Dead())
    assert limited("x", 0, 60) == 0


def test_keys_may_hold_anything():
    assert limited("a b\r\n" + "é" * 1000, 1, 60) == 0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "<script>", "10.0.0.9"),
        (1, "1.2.3.4:5678", "1.2.3.4"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
        (1, "1.2.3.4\r\nX: y", "10.0.0.9"),
    ],
)
def test_a_forwarded_address_is_believed_only_from_our_own_proxies(settings, proxies, forwarded, seen):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded, HTTP_CF_CONNECTING_IP="7.7.7.7", HTTP_X_REAL_IP="8.8.8.8"
    )
    assert client_ip(request) == seen


def test_without_any_address_there_still_is_one():
    assert client_ip(RequestFactory().get("/", REMOTE_ADDR="")) == "0.0.0.0"


def test_one_household_counts_as_one():
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert network_of("1.2.3.4") == "1.2.3.4"
