"""The link under mailings by which their reader stops them (RFC 8058). Looking changes nothing: programs that check links look too.

Mail programs post to it by themselves, without cookies; so the signed link alone is the right to it, and nothing is led on elsewhere.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.choices import Language
from common.limits import client_ip, limit_or_refuse, network_of
from common.moments import reading_as
from notifications import addresses
from notifications.unsubscribing import wish_behind

MOST, SECONDS = 60, 600


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def unsubscribing(request, token):
    limit_or_refuse(f"unsubscribing:{network_of(client_ip(request))}", MOST, SECONDS)
    wish = wish_behind(token)
    if request.method == "POST":
        change = addresses.resume_mailing if request.POST.get("wanted") == "yes" else addresses.stop_mailing
        change(wish.address, wish.store, wish.mailing)
    request.store = wish.store
    language = wish.language if wish.language in Language.values else wish.store.language
    with reading_as(language=language):
        context = {"wish": wish, "is_stopped": addresses.has_stopped(wish.address, wish.store, wish.mailing)}
        response = render(request, "portal/mailings/unsubscribing.html", context)
        response.headers["Content-Language"] = get_language()
    response.headers["X-Robots-Tag"] = "noindex"
    return response
