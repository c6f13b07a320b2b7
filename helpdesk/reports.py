"""What browsers report of the content security policy: one log line each, so that a breach is seen; of one address only so many."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from common.limits import client_ip, limited, network_of

log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
@login_not_required
def csp_report(request):
    if not limited(f"csp report:{network_of(client_ip(request))}", 20, 600):
        log.warning("content security policy report: %s", request.read(2000).decode("utf-8", "replace"))
    return HttpResponse(status=204)
