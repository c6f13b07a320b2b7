"""Where each store's portal stands: at the root, under a word of the domain, or at a host of its own.

The table of all of them is small and asked on every request, so it is kept in the cache; saving a store forgets it.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse
from django.utils.module_loading import import_string

TABLE = "stores:addresses"
TABLE_SECONDS = 60
# Ours for ever, whether or not a page stands there today.
RESERVED = {
    "account", "admin", "api", "assets", "chat", "control", "csp-report", "desk", "faq", "favicon.ico", "files", "forms", "forum",
    "healthz", "helped", "hooks", "language", "look", "media", "nowhere", "pages", "readyz", "robots.txt", "setup", "sitemap.xml", "static",
    "survey", "t", "theme", "tickets", "unsubscribe", "webhooks", "widget", "www",
}  # fmt: skip
_FIRST_WORD = re.compile(r"\^?([a-z0-9._-]+)(?:/|$|\\Z)")


@dataclass(frozen=True)
class Place:
    """Where one store's portal stands. `word`: the first part of its addresses, empty at a root."""

    pk: int
    word: str
    host: str
    prefix: str = ""  # of its ticket numbers

    @property
    def base(self):
        """The domain of its links."""
        if not self.host:
            return settings.SITE_URL
        site = urlsplit(settings.SITE_URL)
        return f"{site.scheme}://{self.host}" + (f":{site.port}" if site.port else "")

    @property
    def urlconf(self):
        return urlconf_at(self.word)


def place_of(store):
    return Place(store.pk, _word(store.address, store.host, store.is_default, store.key), store.host, store.number_prefix)


def _word(address, host, is_default, key):
    """Only the first store stands at the root of the domain; another one that was given no place yet stands under its key."""
    return "" if host else address or ("" if is_default else key)


def all_places():
    """Every store's place, that of the default store first. No query as long as no store was saved."""
    rows = cache.get(TABLE)
    if rows is None:
        stores = apps.get_model("stores", "Store").objects.order_by("-is_default", "pk")
        names = ["address", "host", "is_default", "key"]
        rows = [(pk, _word(*where), where[1], prefix) for pk, prefix, *where in stores.values_list("pk", "number_prefix", *names)]
        cache.set(TABLE, rows, TABLE_SECONDS)
    return [Place(*row) for row in rows]


def all_prefixes():
    """The letters before ticket numbers, of all stores that have some."""
    return {place.prefix for place in all_places() if place.prefix}


def forget_places(**_of_signal):
    """Now, and once more after the commit: somebody may have read the old table in between."""
    cache.delete(TABLE)
    transaction.on_commit(lambda: cache.delete(TABLE))


def place_at(host, path):
    """The place whose door this address is; that of the default store where it is no store's own. None before there is a store."""
    places = all_places()
    own_host = next((place for place in places if place.host == host), None)
    word = path.lstrip("/").partition("/")[0]
    under_word = next((place for place in places if place.word and place.word == word), None)
    return own_host or under_word or next(iter(places), None)


def urlconf_at(word):
    """All addresses of the product, with the portal under this word; the plain ones for a portal at the root."""
    return import_string(settings.PORTAL_URLCONF)(word) if word else settings.ROOT_URLCONF


def store_url(store, name, *args):
    """The absolute address of any page as this store's visitors see it."""
    place = place_of(store)
    return place.base + reverse(name, args=args, urlconf=place.urlconf)


def portal_url(store, name, *args):
    """The absolute address of a page of this store's portal: portal_url(store, "ticket", number)."""
    return store_url(store, f"portal:{name}", *args)


def lasting_path(name, *args):
    """The path of a signed link as messages carry it: it leads on to the portal, wherever that stands when somebody follows it."""
    return reverse(name, args=args, urlconf=settings.ROOT_URLCONF)


def lasting_url(name, *args):
    return settings.SITE_URL + lasting_path(name, *args)


def is_reserved(word):
    return word in RESERVED or word in _words_in_use(get_resolver(settings.ROOT_URLCONF))


def _words_in_use(resolver):
    """The first words of all addresses of the product: a page that is added later is reserved without being listed."""
    words = set()
    for pattern in resolver.url_patterns:
        first = _FIRST_WORD.match(str(pattern.pattern))
        if first:
            words.add(first[1])
        elif isinstance(pattern, URLResolver) and not str(pattern.pattern):
            words |= _words_in_use(pattern)
    return words
