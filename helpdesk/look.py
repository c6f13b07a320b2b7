"""The colours owners chose, as a stylesheet: no page carries a style attribute, so a strict content security policy holds.

Pages say data-status="12" and link /look/<store>-<hash>.css; the hash is of the content, so the file may be cached for ever.
"""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.kept import kept
from statuses.models import Status
from stores.colours import rules as accent_rules
from stores.models import Store


def stylesheet(store):
    """The store's accent and the colours of all statuses that have one of their own."""
    rules = []
    if store:
        rules.append(accent_rules(store))
    for pk, hue, chroma in Status.objects.exclude(hue=None).order_by("pk").values_list("pk", "hue", "chroma"):
        rules.append(f'[data-status="{pk}"]{{--h:{hue:g};--c:{0.1 if chroma is None else chroma:g}}}')
    return "\n".join(rules) + "\n"


def look_url(store):
    """Where the stylesheet is served. Asked on every page."""
    version = kept(("look", store.pk if store else 0), lambda: hashlib.sha256(stylesheet(store).encode()).hexdigest()[:12])
    return reverse("look", args=[store.key if store else "none", version])


@require_safe
@login_not_required
def look(request, store, version):
    response = HttpResponse(stylesheet(Store.objects.filter(key=store).first()), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
@login_not_required
def logo(request, store, version):
    store = Store.objects.filter(key=store).exclude(logo="").first()
    if store is None:
        raise Http404
    response = FileResponse(store.logo.open("rb"))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
