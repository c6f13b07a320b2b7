"""What both doors answer about devices: the desk for its staff, a portal for its customers. `door` is the namespace of the addresses."""

from functools import cache, wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from common.limits import limit_or_refuse
from notifications.push import is_offered
from notifications.push.browsers import agent_words, mark_of
from notifications.push.devices import DeviceRefused, devices_for, devices_of, remove, subscribe, take_up_again
from notifications.push.devices import change as change_device
from notifications.push.keys import public_key
from notifications.push.receipts import HEADER, WORD, may_show

#: What a browser says of its subscription.
KEYS = ("endpoint", "public_key", "auth_secret")
#: So often, in so many seconds, one person may add or change a device.
LIMIT = (20, 600)


def where_offered(view):
    """Without the packages there are no such addresses."""

    @wraps(view)
    def guarded(*args, **kwargs):
        if not is_offered():
            raise Http404
        return view(*args, **kwargs)

    return guarded


def devices_part(request, door, store=None):
    """What components/push_devices.html needs; None where it is not offered, or where somebody looks with a colleague's eyes."""
    if not is_offered() or getattr(request, "viewer", None):
        return None
    rows = [
        {
            "words": str(row),
            "since": row.created_at,
            "mark": mark_of(row.endpoint),
            "removal": reverse(f"{door}:device_removal", args=[row.pk]),
        }
        for row in devices_of(request.user, store)
    ]
    return {"rows": rows, "key": public_key(), "devices": reverse(f"{door}:devices"), **_places(door)}


def keeper_part(request, door, store=None):
    """What components/push_keeper.html needs, on every page of whoever has a device; else None, and no query is made for it."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated or getattr(request, "viewer", None) or not devices_for(user.pk, store and store.pk):
        return None
    session = salted_hmac("notifications.push.session", request.session.session_key or "").hexdigest()[:16]
    return {"renewal": reverse(f"{door}:device_renewal"), "session": session, **_places(door)}


def _places(door):
    """The worker's own folder is what it is in charge of."""
    worker = reverse(f"{door}:push_worker")
    return {"worker": worker, "scope": worker.rpartition("/")[0] + "/"}


@cache
def _script():
    return (settings.BASE_DIR / "static" / "js" / "push-worker.js").read_bytes()


def worker():
    """The script, at an address inside the place it is in charge of. Browsers ask for it anew by themselves."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def subscribing(request, back, store=None):
    guard_haste(request)
    said = {name: request.POST.get(name, "") for name in KEYS}
    agent = agent_words(request.headers.get("User-Agent", "")[:400])
    try:
        subscribe(request.user, store=store, session_key=request.session.session_key, agent=agent, **said)
    except DeviceRefused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("This device shows notices from now on."))
    return redirect(back)


def guard_haste(request):
    """Each one has a name looked up and a curve computed. People do it once in a browser. Raises TooManyRequests."""
    limit_or_refuse(f"push devices:{request.user.pk}", *LIMIT)


def change(request, store=None):
    """The service worker: the push service gave its browser another address. By GET it asks for our key, without which it gets none.

    Who is not signed in there, or has no device there, gets a 404; the worker then forgets its subscription.
    """
    if request.method != "POST":
        return HttpResponse(public_key(), content_type="text/plain")
    if request.headers.get(HEADER) != WORD or not request.user.is_authenticated:
        raise Http404
    guard_haste(request)
    said = {name: request.POST.get(name, "") for name in (*KEYS, "before")}
    try:
        is_theirs = change_device(request.user, store=store, session_key=request.session.session_key, **said)
    except DeviceRefused:
        is_theirs = False
    if not is_theirs:
        raise Http404
    return HttpResponse(status=204)


def removal(request, pk, back, store=None):
    if not remove(request.user, pk, store):
        raise Http404
    messages.success(request, _("That device shows no notices any more."))
    return redirect(back)


def renewal(request):
    """Signed in again in a browser that had been asked: it goes on. One that is none of theirs is told to forget it."""
    if not take_up_again(request.user, endpoint=request.POST.get("endpoint", ""), session_key=request.session.session_key):
        raise Http404
    return HttpResponse(status=204)


def receipt(request):
    """The service worker asks before it shows something. Whoever is signed out there, or may not know it any more, gets a 404."""
    pk = request.POST.get("id", "")
    if request.headers.get(HEADER) != WORD or not pk.isdecimal() or len(pk) > 18 or not may_show(request.user, int(pk)):
        raise Http404
    return HttpResponse(status=204)
