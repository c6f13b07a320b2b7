"""Notices on the devices of customers: asking for them, ending them, and what their service worker asks."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.push import pages
from portal.stores import store_or_404

BACK = "portal:profile"


@login_not_required
@require_safe
@pages.where_offered
def worker(request):
    return pages.worker()


@require_POST
@pages.where_offered
def subscribing(request):
    return pages.subscribing(request, BACK, store_or_404(request))


@require_POST
@pages.where_offered
def removal(request, pk):
    return pages.removal(request, pk, BACK, store_or_404(request))


@require_POST
@pages.where_offered
def renewal(request):
    return pages.renewal(request)


@csrf_exempt  # a service worker has no form; pages.receipt asks for a header that no other site can send
@login_not_required
@require_POST
@pages.where_offered
def receipts(request):
    return pages.receipt(request)


@csrf_exempt  # as above: pages.change asks for the header
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@pages.where_offered
def change(request):
    return pages.change(request, store_or_404(request))
