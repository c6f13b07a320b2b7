"""How the section of answers looks in the portal, with a preview of what is saved."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from control.faq.forms import FaqLookForm
from faq.grouping import grouped
from faq.models import FaqEntry
from stores.addresses import portal_url
from stores.models import FaqLook
from stores.services import change_settings

PREVIEWED = 12


@require_http_methods(["GET", "HEAD", "POST"])
def look(request, store):
    """POST saves, or with the button “preview” only shows how it would be."""
    form = FaqLookForm(request.POST if request.method == "POST" else None, store=store)
    chosen, intro = store.faq_look, store.faq_intro
    if form.is_bound and form.is_valid():
        if "preview" not in request.POST:
            change_settings(store, form.changes, by=request.user)
            messages.success(request, _("The look of the answers is saved."))
            return redirect("control:faq_look")
        chosen, intro = form.changes["faq_look"], form.changes["faq_intro"]
    entries = FaqEntry.objects.published_in(store).select_related("department", "section")[:PREVIEWED]
    context = {
        "form": form,
        "look": FaqLook(chosen),
        "intro": intro,
        "groups": grouped(entries, store),
        "seen_at": portal_url(store, "faq"),
    }
    return render(request, "control/faq/look.html", context, status=422 if form.is_bound and not form.is_valid() else 200)
