"""Who reads the audit log: people with the right to it in some store. For everybody else these pages do not exist."""

from functools import wraps

from django.http import Http404
from django.urls import path

from permissions.querysets import stores_where
from permissions.rights import StoreRight


def readers_path(route, view, name):
    """An address of the audit log. All of them are made here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not stores_where(request.user, StoreRight.VIEW_AUDIT).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return path(route, guarded, name=name)
