"""A cache that is only a cache: when Redis is away, pages work as if nothing had been kept."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from common.resting import PAUSE_SECONDS, let_rest, rests

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Reads find nothing and writes are dropped while Redis cannot be reached; the first failure is logged, then it rests a while.

    incr on a cache that is away raises ValueError, as for a key that is not there.
    """

    def _ask(self, call, otherwise):
        if rests(self._servers[0]):
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            let_rest(self._servers[0])
            log.warning("the cache is away (%s); going on without it for %s s", type(error).__name__, PAUSE_SECONDS)
            return otherwise

    def add(self, key, value, *args, **kwargs):
        return self._ask(lambda: super(ForgivingRedisCache, self).add(key, value, *args, **kwargs), True)

    def get(self, key, default=None, version=None):
        return self._ask(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, key, value, *args, **kwargs):
        return self._ask(lambda: super(ForgivingRedisCache, self).set(key, value, *args, **kwargs), None)

    def touch(self, key, *args, **kwargs):
        return self._ask(lambda: super(ForgivingRedisCache, self).touch(key, *args, **kwargs), False)

    def delete(self, key, version=None):
        return self._ask(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def get_many(self, keys, version=None):
        return self._ask(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def set_many(self, data, *args, **kwargs):
        return self._ask(lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def delete_many(self, keys, version=None):
        return self._ask(lambda: super(ForgivingRedisCache, self).delete_many(keys, version), None)

    def has_key(self, key, version=None):
        return self._ask(lambda: super(ForgivingRedisCache, self).has_key(key, version), False)

    def incr(self, key, delta=1, version=None):
        value = self._ask(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), None)
        if value is None:
            raise ValueError(f"Key '{key}' not found")
        return value

    def one_more(self, key, seconds):
        """Count one more under this key, which ends so many seconds after the first. Asked in one go: a form is counted twice and more."""
        return self._ask(lambda: self._one_more(self.make_and_validate_key(key), seconds), 1)

    def _one_more(self, key, seconds):
        asked = self._cache.get_client(key, write=True).pipeline()
        asked.set(key, 0, ex=seconds, nx=True)
        asked.incr(key)
        return asked.execute()[-1]
