"""Who comes in: people who may change a store's settings, who may give rights, who may read the audit log.

For everybody else these pages do not exist.
"""

from functools import wraps

from django.db.models import Case, When
from django.http import Http404
from django.urls import path

from permissions.querysets import may_grant, stores_where
from permissions.rights import StoreRight

#: Where the session keeps which store the settings are about.
CHOSEN_STORE = "store_to_set_up"


def store_to_set_up(user, chosen=None):
    """The store this person may set up: the chosen one, else the default one where there are several. None without the right."""
    is_chosen = Case(When(pk=chosen or 0, then=0), default=1)
    return stores_where(user, StoreRight.CHANGE_SETTINGS).order_by(is_chosen, "-is_default", "pk").first()


def owners_path(route, view, name):
    """An address of the settings. All of them are made here: each view is given the store its caller may change."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        store = store_to_set_up(request.user, request.session.get(CHOSEN_STORE))
        if store is None:
            raise Http404
        request.store_to_set_up = store
        return view(request, store, *args, **kwargs)

    return path(route, guarded, name=name)


def granters_path(route, view, name, **kwargs):
    """An address of the pages about people and rights: for whoever may grant somewhere. The view asks where."""
    return path(route, _only_where(may_grant, view), kwargs, name=name)


def readers_path(route, view, name):
    """An address of the audit log: for whoever may read it in some store. The view asks in which."""
    return path(route, _only_where(may_read_audit, view), name=name)


def may_read_audit(user):
    return stores_where(user, StoreRight.VIEW_AUDIT).exists()


def _only_where(may_enter, view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_enter(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
