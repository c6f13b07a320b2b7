"""What SMS gateways tell us: reports on what we sent, and SMS that people sent us.

An address that is nobody's is a 404, and so is one with a forged signature. Everything else is thanked for in the way its company documents, also
what says nothing to us: a company that is refused comes again for days.
"""

import json
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import Http404, HttpResponse

from callbacks.doors import callback
from notifications.gateways import way_of
from notifications.gateways.base import NotGenuine
from notifications.models import SmsGateway
from notifications.sms_inbound import keep
from notifications.sms_reports import take_reports

_MOST_FIELDS = 60
_WIDE = {"UTF-16BE", "UCS-2", "UTF-16"}


@callback
def report(request, token, key=""):
    """`key`: our own name of the one message that this address was given along with. It is known before the company has told its own."""
    way, params = _called(request, token)
    take_reports(way.row, way.gateway.reports_in(params), key=key)
    return _thanks(way)


@callback
def inbound(request, token):
    way, params = _called(request, token)
    for one in way.gateway.inbound_in(params):
        keep(way.row, one, raw=params)
    return _thanks(way)


def _called(request, token):
    """(the gateway as a Way, what the call says as {name: value})"""
    row = SmsGateway.objects.select_related("store").prefetch_related("templates").filter(token=token).first()
    if row is None:
        raise Http404
    way, params = way_of(row), _params(request)
    try:
        # Signed is the address as the company knows it, whatever stands before our server, and the fields of the body alone.
        way.gateway.guard_genuine(settings.SITE_URL + request.get_full_path(), request.POST.dict(), request.headers)
    except NotGenuine:
        raise Http404 from None
    return way, params


def _params(request):
    """Fields of the address, of a form, or of a JSON object (or of its `data`, as some wrap it)."""
    found = _query(request) | request.POST.dict()
    if "json" in request.content_type:
        try:
            told = json.loads(request.body)
        except (ValueError, RecursionError):
            told = None
        told = told.get("data", told) if isinstance(told, dict) else told
        if isinstance(told, dict):
            found |= {str(name): str(value) for name, value in told.items() if isinstance(value, (str, int, float))}
    return {name[:60]: value.replace("\x00", "")[:5000] for name, value in list(found.items())[:_MOST_FIELDS]}


def _query(request):
    """Fields of the address. Kannel writes an SMS in UCS-2 as the bytes they are, and says so in `charset`."""
    found = request.GET.dict()
    if found.get("charset", "").upper().replace("_", "-") not in _WIDE:
        return found
    raw = dict(parse_qsl(request.META["QUERY_STRING"], keep_blank_values=True, encoding="latin-1"))
    return found | {"text": raw.get("text", "").encode("latin-1").decode("utf-16-be", "replace")}


def _thanks(way):
    words, kind = way.gateway.thanks
    return HttpResponse(words, content_type=f"{kind}; charset=utf-8")
