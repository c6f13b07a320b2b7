"""Being away, and back: departments that ask for presence give tickets only to those who are there."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.presence import come_back, go_away
from backoffice.pages import desk_page
from backoffice.presence.forms import AwayForm


@require_http_methods(["GET", "HEAD", "POST"])
def presence(request):
    if request.method != "POST":
        return _page(request, AwayForm())
    if request.POST.get("presence") == "here":
        come_back(request.user)
        messages.success(request, _("You are back. New tickets find you again."))
        return redirect("backoffice:presence")
    form = AwayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    go_away(request.user, until=form.until)
    messages.success(request, _("You are away. No ticket is given to you by itself."))
    return redirect("backoffice:presence")


def _page(request, form, status=200):
    return desk_page(request, "backoffice/presence/presence.html", {"form": form}, status=status)
