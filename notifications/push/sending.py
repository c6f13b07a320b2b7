"""One notice to one device: sealed for its browser (RFC 8291), signed as ours (RFC 8292), handed to its push service (RFC 8030)."""

import contextlib
import os
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils import timezone

from common import guarded
from common.deadlines import Deadline
from common.lazily import lazily
from common.text import clean_line
from notifications.choices import Reason, Template
from notifications.models import PushSubscription
from notifications.outcomes import NoLongerWanted, PermanentFailure, TemporaryFailure
from notifications.push.devices import end, is_in_use
from notifications.push.endpoints import address_of, origin_of
from notifications.push.keys import CURVE, decoded, signed_word
from notifications.push.words import payload_of, topic_of

http_ece = lazily("http_ece")
httpx = lazily("httpx")

TIMEOUT = {"timeout": 10, "connect": 5, "pool": 5}
MOST_SECONDS = 20
#: What wakes a device that saves its battery: somebody is waited for by name.
HIGH = frozenset({Template.ASSIGNED, Template.MENTIONED, Template.CUSTOMER_REPLIED, Template.REPLY})
LOW = frozenset({Template.WATCHED, Template.SURVEY})


def send(delivery):
    """Raises TemporaryFailure, PermanentFailure or NoLongerWanted. Returns what the push service calls it."""
    device = PushSubscription.objects.select_related("user").filter(pk=delivery.context.get("device")).first()
    _guard(device, delivery)
    delivery.through = urlsplit(device.endpoint).hostname[:80]
    response, said = _post(device, seal(device, payload_of(delivery)), _headers(delivery, device))
    _judge(response, said, device)
    PushSubscription.objects.filter(pk=device.pk).update(last_good_at=timezone.now())
    return response.headers.get("location", "").rpartition("/")[2][:80]


def _guard(device, delivery):
    """The device must still be this person's, and they must still be signed in there."""
    if device is None or delivery.recipient is None or device.user_id != delivery.recipient.pk:
        raise NoLongerWanted(Reason.GONE)
    if not is_in_use(device):
        end(device)
        raise NoLongerWanted(Reason.SIGNED_OUT)


def seal(device, data):
    """Only this browser reads it; the push service, through whose hands it goes, does not."""
    return http_ece.encrypt(
        data,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(CURVE),
        dh=decoded(device.public_key),
        auth_secret=decoded(device.auth_secret),
        version="aes128gcm",
    )


def _headers(delivery, device):
    left = (delivery.expires_at - timezone.now()).total_seconds() if delivery.expires_at else 0
    urgency = "high" if delivery.template in HIGH else "low" if delivery.template in LOW else "normal"
    return {
        "TTL": str(max(int(left), 0)),
        "Topic": topic_of(delivery),
        "Urgency": urgency,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        **signed_word(origin_of(device.endpoint)),
    }


def _post(device, body, headers):
    """At the address that was looked at, and nowhere else: nothing is followed that the answer leads to."""
    try:
        parts = urlsplit(device.endpoint)
        url = httpx.URL(device.endpoint).copy_with(host=address_of(device.endpoint))
        client = httpx.Client(timeout=httpx.Timeout(**TIMEOUT), follow_redirects=False)
        with Deadline(min(MOST_SECONDS, settings.DELIVERY_LEASE_SECONDS / 2)) as deadline, client:
            extensions = {"sni_hostname": parts.hostname, "trace": deadline.trace}
            headers = headers | {"Host": parts.netloc}
            with client.stream("POST", url, content=body, headers=headers, extensions=extensions) as response:
                return response, _begun(response)
    except guarded.HostNotAllowed as error:
        raise TemporaryFailure(Reason.UNREACHABLE, "ConnectError") from error
    except httpx.HTTPError as error:
        # Shown twice under one topic it is one notice, so what went without an answer may go again.
        raise TemporaryFailure(Reason.UNREACHABLE, type(error).__name__) from error


def _begun(response):
    """The first words of what it says, if there are any. The rest is not waited for: the status says enough."""
    with contextlib.suppress(httpx.HTTPError):
        return next(response.iter_text(150), "") if response.is_error else ""
    return ""


def _judge(response, said, device):
    code = response.status_code
    words = clean_line(f"HTTP {code} {said}", 200)
    if response.is_success:
        return
    if code in {404, 410}:
        device.delete()
        raise NoLongerWanted(Reason.GONE, words)
    if code in {429, 503}:
        raise TemporaryFailure(Reason.BUSY, words, after=_seconds(response.headers.get("retry-after", "")))
    if code >= 500:
        raise TemporaryFailure(Reason.UNREACHABLE, words)
    raise PermanentFailure(_REASONS.get(code, Reason.REFUSED), words)


_REASONS = {401: Reason.SETUP, 403: Reason.SETUP, 413: Reason.BAD_TEXT}


def _seconds(words):
    """Of a Retry-After: a number of seconds, or a date."""
    if words.isdecimal():
        return int(words[:6])
    try:
        return max(0, int((parsedate_to_datetime(words) - timezone.now()).total_seconds()))
    except (ValueError, TypeError):
        return 0
