"""The store, a page for each subject: what it says, its languages, its requests, its messages, and where its portal stands."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import DeskError
from common.lazily import lazily
from control.store.forms import LanguagesForm, MessagesForm, RequestsForm
from control.store.places import PlaceForm
from control.store.texts import TextsForm
from permissions.stores import may_open_stores
from stores.addresses import all_places, portal_url
from stores.models import Store
from stores.moving import move_portal
from stores.services import change_settings
from tickets.services.retention import overdue

segno = lazily("segno")

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def texts(request, store):
    return _subject(request, store, TextsForm, "store", may_open_stores=len(all_places()) == 1 and may_open_stores(request.user))


@page
def languages(request, store):
    return _subject(request, store, LanguagesForm, "store_languages")


@page
def messages_and_files(request, store):
    return _subject(request, store, MessagesForm, "store_messages")


@page
def requests(request, store):
    """A shorter time of keeping is asked about first, with the number of tickets that would go."""
    form = RequestsForm(request.POST if request.method == "POST" else None, store=store)
    context = {"example": _example(store)}
    if form.is_bound and form.is_valid():
        months = form.cleaned_data["retention_months"]
        going = overdue(store, months).count() if months else 0
        if going and months != store.retention_months and request.POST.get("confirmed") != str(months):
            return render(request, "control/store/store_requests.html", context | {"form": form, "going": going, "months": months})
    return _subject(request, store, RequestsForm, "store_requests", form=form, **context)


def _example(store):
    return store.number_prefix + "4739265182"[: store.number_digits]


def _subject(request, store, form_class, name, *, form=None, **context):
    """One page with one form: save and come back, or show what is wrong, with nothing lost."""
    form = form or form_class(request.POST if request.method == "POST" else None, store=store)
    if form.is_bound and form.is_valid():
        try:
            change_settings(store, form.changes, by=request.user)
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect(f"control:{name}")
    return render(request, f"control/store/{name}.html", {"form": form, **context}, status=422 if form.is_bound else 200)


@page
def portal(request, store):
    """Where the portal stands, the link to give away, and the owner's links in its menu."""
    form = PlaceForm(request.POST if request.method == "POST" else None, store=store)
    if form.is_bound and form.is_valid():
        try:
            moved = move_portal(store, address=form.cleaned_data["address"], host=form.cleaned_data["host"], by=request.user)
        except DeskError as error:
            error.add_to(form)
        else:
            words = _("The portal stands at %(address)s now. Its former address has ended.")
            if (moved.address, moved.host) != (store.address, store.host):
                messages.success(request, words % {"address": f"\u2068{portal_url(moved, 'home')}\u2069"})
            return redirect("control:store_portal")
    store = Store.objects.get(pk=store.pk)
    context = {"form": form, "portal_url": portal_url(store, "home"), "links": list(store.links.all()), "set_up": store}
    return render(request, "control/store/store_portal.html", context, status=422 if form.is_bound else 200)


@require_safe
def picture(request, store):
    """The portal's link as a QR code, to print or to put on a parcel."""
    code = segno.make(portal_url(store, "home"), error="m", micro=False)
    drawn = BytesIO()
    code.save(drawn, kind="svg", scale=8, border=4, dark="#000", light="#fff")
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="{store.key}-portal.svg"'
    return response
