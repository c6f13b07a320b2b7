"""The store: its portal's address, and how it works."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import DeskError
from control.store.forms import StoreForm
from stores.services import change_settings


@require_http_methods(["GET", "HEAD", "POST"])
def store(request, store):
    form = StoreForm(request.POST if request.method == "POST" else None, store=store)
    if form.is_bound and form.is_valid():
        try:
            change_settings(store, form.changes, by=request.user)
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("control:store")
    context = {"form": form, "portal_url": settings.SITE_URL + reverse("portal:home")}
    return render(request, "control/store.html", context, status=422 if form.is_bound else 200)
