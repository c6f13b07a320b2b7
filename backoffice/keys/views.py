"""The sheet of keys: as a page, as what `?` shows on any page, and where a person switches the letters off."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.keys.sheet import SHEET
from backoffice.pages import menu_page


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request):
    """POST with `letters` (on, off) keeps the choice on the person; whatever else is sent changes nothing."""
    wish = request.POST.get("letters")
    if wish in {"on", "off"}:
        request.user.letter_keys = wish == "on"
        request.user.save(update_fields=["letter_keys"])
        said = {"on": _("Letters are keys now, outside of text fields."), "off": _("Letters do nothing now. Keys with Ctrl still work.")}
        messages.success(request, said[wish])
    if request.method == "POST":
        return redirect("backoffice:keys")
    return menu_page(request, "backoffice/keys/keys.html", "backoffice/keys/_sheet.html", {"sheet": SHEET})
