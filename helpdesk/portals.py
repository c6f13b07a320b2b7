"""The addresses of the product when a portal stands under a word of its own: /help/, /help/tickets/, /help/account/login/ …

Everything else stands where it always does. Signed links of messages lead on from the root, so that they outlive every move.
"""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from helpdesk import urls


class PortalUnder:
    """What Django takes for a urlconf, with the portal under `word`."""

    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

    def __init__(self, word):
        self.urlpatterns = [
            *urls.not_of_the_portal,
            path("", to_the_portal, name="root"),
            path("t/<str:token>/", to_the_ticket, name="lasting_ticket"),
            path("t/<str:token>/<path:rest>", to_the_ticket, name="lasting_part_of_ticket"),
            path("survey/<str:token>/", to_the_survey, name="lasting_survey"),
            path("helped/<str:token>/", to_the_answer, name="lasting_answer"),
            # Signing in with the store's face. These come after the plain ones, so that links lead here.
            path(f"{word}/account/", include("portal.accounts.urls")),
            path(f"{word}/", include("portal.urls")),
        ]


portal_under = lru_cache(maxsize=None)(PortalUnder)


@require_safe
@login_not_required
def to_the_portal(request):
    return redirect("portal:home")


@require_safe
@login_not_required
@never_cache
def to_the_ticket(request, token, rest=""):
    return _lead_on(request, reverse("portal:ticket_link", args=[token]) + rest)


@require_safe
@login_not_required
@never_cache
def to_the_survey(request, token):
    return _lead_on(request, reverse("portal:survey", args=[token]))


@require_safe
@login_not_required
@never_cache
def to_the_answer(request, token):
    return _lead_on(request, reverse("portal:helped", args=[token]))


def _lead_on(request, address):
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address)
