"""The owner's links in the portal's menu."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.form_keys import claim_form
from control.moves import places_asked_for
from control.store.places import LinkForm
from stores.menu import MOST, delete_link, move_link, write_link


@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request, store):
    form = LinkForm(request.POST if request.method == "POST" else None, store=store)
    if form.is_bound and form.is_valid():
        if store.links.count() >= MOST:
            form.add_error(None, _("The menu is full. Take one of its links away first."))
        else:
            with transaction.atomic():
                sent = claim_form(form, request)
                if sent.is_first:
                    write_link(store=store, **form.given, by=request.user)
                    sent.finish(_list())
                    messages.success(request, _("The link stands in the menu."))
            return redirect(sent.outcome_url)
    return render(request, "control/store/portal_link.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request, store, pk):
    found = get_object_or_404(store.links, pk=pk)
    form = LinkForm(request.POST if request.method == "POST" else None, store=store, link=found)
    if form.is_bound and form.is_valid():
        write_link(store=store, link=found, **form.given, by=request.user)
        messages.success(request, _("The link is saved."))
        return redirect(_list())
    return render(request, "control/store/portal_link.html", {"form": form, "link": found}, status=422 if form.is_bound else 200)


@require_POST
def place(request, store, pk):
    """One up, or one down."""
    move_link(get_object_or_404(store.links, pk=pk), places=places_asked_for(request), by=request.user)
    return redirect(_list())


@require_POST
def removal(request, store, pk):
    delete_link(get_object_or_404(store.links, pk=pk), by=request.user)
    messages.success(request, _("The link is taken out of the menu."))
    return redirect(_list())


def _list():
    return f"{reverse('control:store_portal')}#menu"
