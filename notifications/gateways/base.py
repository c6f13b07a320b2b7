"""What every gateway promises, and the HTTP behaviour they share."""

import re
from dataclasses import dataclass

import httpx

from common.text import clean_line
from notifications.choices import Reason
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
# Connecting, then waiting for the answer: together well below any lease.
TIMEOUT = httpx.Timeout(15, connect=5, pool=5)


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

    def send(self, to, text, *, key="", template=None, params=None) -> Accepted:
        if not _E164.fullmatch(to):
            raise PermanentFailure(Reason.BAD_NUMBER)
        return self.send_checked(to, text, key=key, template=template, params=params or {})

    def send_checked(self, to, text, *, key, template, params) -> Accepted:
        """`to` is E.164 here."""
        raise NotImplementedError


def call(method, url, **options):
    """One HTTP request. What is certain not to have reached the gateway is temporary; no answer after that is unknown.

    A new connection each time: one that was kept open and died meanwhile would look like an unknown outcome.
    """
    try:
        with httpx.Client(timeout=TIMEOUT, follow_redirects=False) as client:
            return client.request(method, url, **options)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise TemporaryFailure(Reason.UNREACHABLE, _words(error)) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise TemporaryFailure(Reason.SETUP, _words(error)) from error
    except httpx.HTTPError as error:
        raise UnknownOutcome(_words(error)) from error


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
