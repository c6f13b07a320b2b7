"""What the calls of companies share: they need no session and no form key, come by an unguessable address, and in bounds."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from common.limits import limited

#: Calls to one address in a minute. A company that is refused comes again later.
MOST, SECONDS = 600, 60
#: Longer bodies are nobody's report.
MOST_BYTES = 200_000


def callback(view):
    """A view for a company: GET or POST as it documents, with a token in its address."""

    @wraps(view)
    def called(request, token, **more):
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return HttpResponse(status=413)
        if limited(f"callback:{token}", MOST, SECONDS):
            return HttpResponse(status=429)
        return view(request, token, **more)

    return csrf_exempt(login_not_required(never_cache(require_http_methods(["GET", "POST"])(called))))
