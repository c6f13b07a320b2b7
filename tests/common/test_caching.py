import time

import pytest
from django.core.cache import caches

from common.caching import ForgivingRedisCache
from tests.servers import Redis


def cache_at(url):
    return ForgivingRedisCache(url, {"OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}})


@pytest.mark.once
def test_it_keeps_things_like_any_cache(redis_server):
    cache = cache_at(redis_server.url())
    cache.set("a", 1)

    assert cache.get("a") == 1
    assert cache.incr("a") == 2
    assert cache.add("a", 5) is False


@pytest.mark.once
def test_it_counts_in_one_go_until_the_end_that_began_with_the_first(redis_server):
    cache = cache_at(redis_server.url())

    assert [cache.one_more("tries", 50) for _time in range(3)] == [1, 2, 3]
    assert 0 < cache._cache.get_client().ttl(cache.make_key("tries")) <= 50


@pytest.mark.once
def test_without_redis_nothing_is_found_and_nothing_breaks(closed_port):
    cache = cache_at(f"redis://127.0.0.1:{closed_port}/0")

    cache.set("a", 1)
    assert cache.get("a", "nothing") == "nothing"
    assert cache.add("b", 1) is True
    assert cache.one_more("b", 50) == 1
    assert cache.get_many(["a", "b"]) == {}
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


@pytest.mark.once
def test_a_silent_redis_is_waited_for_once_not_at_every_question():
    with Redis() as server:
        cache = cache_at(server.url())
        cache.set("a", 1)
        server.pause()
        started = time.monotonic()
        for _ in range(20):
            cache.get("a")
        assert time.monotonic() - started < 2


def test_the_product_uses_what_its_settings_say():
    assert caches["default"].get("never kept") is None
