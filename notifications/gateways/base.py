"""What every gateway promises, and the HTTP behaviour they share."""

import re
from dataclasses import dataclass

from common import guarded as guarded_hosts
from common.lazily import lazily
from common.text import clean_line
from notifications.choices import Reason
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

httpx = lazily("httpx")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
# Connecting, then waiting for the answer: together well below any lease.
PORTS = {80, 443, 8080, 8443}
TIMEOUT = {"timeout": 15, "connect": 5, "pool": 5}


@dataclass(frozen=True)
class Accepted:
    """The gateway took the SMS; `provider_id` is its own name for it, when it gave one."""

    provider_id: str = ""


class Gateway:
    """Sends one SMS.

    Raises TemporaryFailure (nothing was sent, try later), PermanentFailure (never, as things are) or UnknownOutcome (it may
    have been sent). `key` is the same at every attempt of one message, for gateways that refuse to send one thing twice.
    `template` and `params` (code, number, link) serve gateways that want approved templates instead of free text.
    """

    #: Whether an owner typed its address into a page, so that only hosts of the internet are called.
    guarded = False

    @property
    def name(self):
        """What health pages and filters call it."""
        return type(self).__module__.rpartition(".")[2]

    def send(self, to, text, *, key="", template=None, params=None) -> Accepted:
        if not _E164.fullmatch(to):
            raise PermanentFailure(Reason.BAD_NUMBER)
        return self.send_checked(to, text, key=key, template=template, params=params or {})

    def send_checked(self, to, text, *, key, template, params) -> Accepted:
        """`to` is E.164 here."""
        raise NotImplementedError


def call(method, url, *, guard=False, **options):
    """One HTTP request. What is certain not to have reached the gateway is temporary; no answer after that is unknown.

    A new connection each time: one that was kept open and died meanwhile would look like an unknown outcome. With `guard`, only
    hosts of the internet are called, at the address that was looked at. Nothing is followed that the answer leads to.
    """
    try:
        if guard:
            url, options = _pinned(url, options)
        with httpx.Client(timeout=httpx.Timeout(**TIMEOUT), follow_redirects=False) as client:
            return client.request(method, url, **options)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise TemporaryFailure(Reason.UNREACHABLE, _words(error)) from error
    except guarded_hosts.HostNotAllowed as error:
        raise TemporaryFailure(Reason.UNREACHABLE, "ConnectError") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise TemporaryFailure(Reason.SETUP, _words(error)) from error
    except httpx.HTTPError as error:
        raise UnknownOutcome(_words(error)) from error


def _pinned(url, options):
    """The same call to the address of its host that was looked at; the name still stands in the request and in the certificate."""
    parts = httpx.URL(url)
    if parts.scheme not in {"http", "https"}:
        raise guarded_hosts.HostNotAllowed()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    _family, address = guarded_hosts.address_of(parts.host, port, ports=PORTS)
    headers = {**(options.get("headers") or {}), "Host": parts.netloc.decode()}
    return parts.copy_with(host=address), {**options, "headers": headers, "extensions": {"sni_hostname": parts.host}}


def refuse_by_status(response):
    """For an answer that says nothing else: what its HTTP status means for the SMS. 2xx passes."""
    code = response.status_code
    if response.is_success:
        return
    words = clean_line(f"HTTP {code}", 200)
    if code in {429, 503}:
        raise TemporaryFailure(Reason.BUSY, words)
    if code >= 500:  # it may have been taken before something broke
        raise UnknownOutcome(words)
    if code in {401, 402, 403, 404, 405} or code < 400:
        raise TemporaryFailure(Reason.SETUP, words)
    raise PermanentFailure(Reason.BAD_TEXT, words)


def json_of(response):
    """The answer as a JSON object; an empty one when it is something else."""
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _words(error):
    # Addresses carry keys, so the request itself is never quoted.
    return type(error).__name__
