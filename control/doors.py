"""Who comes in: people who hold the right to change a store's settings. For everybody else these pages do not exist."""

from functools import wraps

from django.http import Http404
from django.urls import path

from permissions.querysets import stores_where
from permissions.rights import StoreRight


def store_to_set_up(user):
    """The store this person may set up; the default one where there are several. None without the right."""
    return stores_where(user, StoreRight.CHANGE_SETTINGS).order_by("-is_default", "pk").first()


def owners_path(route, view, name):
    """An address of the settings. All of them are made here: each view is given the store its caller may change."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        store = store_to_set_up(request.user)
        if store is None:
            raise Http404
        return view(request, store, *args, **kwargs)

    return path(route, guarded, name=name)
