import pickle
from functools import partial

from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from common.kept import kept, mark_read_once
from stores.addresses import place_at
from stores.models import Store

# Of the portal, what the pages of staff use as well: they stay where the staff is.
FOR_STAFF_TOO = {"language", "theme", "profile"}


class StoreMiddleware:
    """request.store: the store whose door the visitor came to; None on an installation without any. request.urlconf: its addresses.

    A store with a host of its own is found by it, one with a word under the domain by the word; every other address belongs to the
    default store, also those of staff. Where the default store has a host of its own, its pages are looked for there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        host = split_domain_port(request.get_host())[0]
        request.place = place = place_at(host, request.path_info)
        request.store = SimpleLazyObject(partial(_store_at, place))
        if place and place.word:
            request.urlconf = place.urlconf
        with mark_read_once():
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        place, match = request.place, request.resolver_match
        if not place or not place.host or match.namespace != "portal" or match.url_name in FOR_STAFF_TOO:
            return None
        is_there = split_domain_port(request.get_host())[0] == place.host
        return None if is_there or request.method not in {"GET", "HEAD"} else redirect(place.base + request.get_full_path())


def _store_at(place):
    """A store of one's own: a form may fill it in. What is kept is its picture."""
    return pickle.loads(kept(("store", place.pk), lambda: pickle.dumps(Store.objects.filter(pk=place.pk).first()))) if place else None
