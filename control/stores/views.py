"""Several stores side by side: which there are, a new one, and which one the settings are about."""

import re

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import is_valid_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from common.form_keys import claim_form
from control.doors import CHOSEN_STORE
from control.stores.forms import NewStoreForm
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from permissions.stores import may_open_stores, open_store
from stores.addresses import portal_url


@require_safe
def stores(request, store):
    """Those whose settings this person may change. Others are somebody else's."""
    found = stores_where(request.user, StoreRight.CHANGE_SETTINGS).order_by("-is_default", "pk")
    rows = [(each, portal_url(each, "home"), each.pk == store.pk) for each in found]
    return render(request, "control/stores/list.html", {"rows": rows, "may_open": may_open_stores(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def new_store(request, store):
    if not may_open_stores(request.user):
        raise Http404
    form = NewStoreForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(_open(request, form))
        except DeskError as error:
            error.add_to(form)
    return render(request, "control/stores/new.html", {"form": form}, status=422 if form.is_bound else 200)


@transaction.atomic
def _open(request, form):
    sent = claim_form(form, request)
    if sent.is_first:
        opened = open_store(name=form.cleaned_data["name"], address=form.cleaned_data["address"], by=request.user)
        request.session[CHOSEN_STORE] = opened.pk
        sent.finish(reverse("control:guide"))
        messages.success(request, _("The store is there, and these are its first steps. Without a department nobody can write to it."))
    return sent.outcome_url


@require_POST
def choice(request, store):
    """From now on the settings are about this store."""
    pk = request.POST.get("store", "")
    allowed = stores_where(request.user, StoreRight.CHANGE_SETTINGS)
    chosen = get_object_or_404(allowed, pk=pk if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0)
    request.session[CHOSEN_STORE] = chosen.pk
    back = request.POST.get("next", "")
    is_ours = back.startswith("/control/") and url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(_list_over(back) if is_ours else "control:store")


def _list_over(page):
    """The page itself, or the nearest one above a page about one thing: that thing belongs to the store one comes from."""
    over = re.match(r"(.*?/)\d+/", page)
    path = over[1] if over else page
    while over and not is_valid_path(path):
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return path
