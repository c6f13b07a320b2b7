"""What every gateway promises, and the HTTP behaviour they share."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.conf import settings

from common import guarded as guarded_hosts
from common.deadlines import Deadline
from common.lazily import lazily
from common.text import clean_line
from notifications.choices import Reason
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

httpx = lazily("httpx")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
PORTS = {80, 443, 8080, 8443}
# Connecting, then waiting for each piece of the answer; and for all of it, well below any lease.
TIMEOUT = {"timeout": 15, "connect": 5, "pool": 5}
MOST_SECONDS = 20
# No answer of a gateway is longer.
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Accepted:
    """The gateway took the SMS; `provider_id` is its own name for it, when it gave one. Parts and cost where it told them,
    and in which money, where that is certain."""

    provider_id: str = ""
    parts: int | None = None
    cost: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Approved:
    """A text that the operator approved: its name there, and {parameter: value} in the order of its places."""

    name: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What the gateway says later of an SMS it took. `state` is delivered or failed; None while it is still on its way.

    `key`: our own name for the message, where the company tells it back.
    """

    provider_id: str
    state: str | None
    remark: str = ""
    parts: int | None = None
    cost: Decimal | None = None
    key: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Inbound:
    """An SMS that somebody sent to our number. Without an id of the gateway, the same words from the same number within minutes are one."""

    id: str
    sender: str
    receiver: str
    text: str


class NotGenuine(Exception):
    """A call that does not carry the signature of its gateway."""


class Gateway:
    """Sends one SMS, and understands what its company tells us later.

    Raises TemporaryFailure (nothing was sent, try later), PermanentFailure (never, as things are) or UnknownOutcome (it may
    have been sent). `key` is the same at every attempt of one message, for gateways that refuse to send one thing twice.
    `approved` serves gateways that want approved templates instead of free text; `report_to` is the address for reports.
    """

    #: Whether an owner typed its address into a page, so that only hosts of the internet are called.
    guarded = False
    #: Whether what it takes leaves the house.
    leaves = True
    #: What its company wants to read as an answer to a report, and to an SMS it brings.
    thanks = ("OK", "text/plain")
    #: How many messages are asked about by one call; 0 where it cannot be asked.
    asks_about = 0
    has_balance = False
    #: Whether SMS that came in have to be fetched.
    fetches = False

    @property
    def name(self):
        """What health pages and filters call it."""
        return type(self).__module__.rpartition(".")[2]

    def send(self, to, text, *, key="", approved=None, report_to="") -> Accepted:
        if not _E164.fullmatch(to):
            raise PermanentFailure(Reason.BAD_NUMBER)
        return self.send_checked(to, text, key=key, approved=approved, report_to=report_to)

    def send_checked(self, to, text, *, key, approved, report_to) -> Accepted:
        """`to` is E.164 here."""
        raise NotImplementedError

    def known_id(self, key) -> str:
        """The id under which reports will come, where that is known before the call."""
        return ""

    def guard_genuine(self, url, params, headers):
        """Raises NotGenuine for a call that its company cannot have made. Most only know the secret address."""

    def reports_in(self, params) -> list[Report]:
        """What a call to our address for reports says ({name: value}). What is not understood says nothing."""
        return []

    def inbound_in(self, params) -> list[Inbound]:
        """The SMS that a call to our address for them brings."""
        return []

    def ask_about(self, ids) -> list[Report]:
        """What became of these, at most `asks_about` of them."""
        return []

    def fetch_inbound(self) -> list[Inbound]:
        """The newest SMS that came in, for companies that do not bring them."""
        return []

    def balance(self) -> Decimal | None:
        """What is left, in the money of the account."""
        return None


def amount(value) -> Decimal | None:
    """A number of an answer, however it is written there; None for anything else."""
    try:
        found = Decimal(str(value).strip().replace(",", "."))
    except (InvalidOperation, ValueError):
        return None
    return found if found.is_finite() and abs(found) < 10**12 else None


def whole(value) -> int | None:
    found = amount(value)
    return int(found) if found is not None and 0 <= found < 1000 else None


def call(method, url, *, guard=False, ports=PORTS, **options):
    """One HTTP request. What is certain not to have reached the gateway is temporary; no answer after that is unknown.

    A new connection each time: one that was kept open and died meanwhile would look like an unknown outcome. With `guard`, only
    hosts of the internet are called, at the address that was looked at. Nothing is followed that the answer leads to, and an answer
    that does not end, by size or by time, is not waited for.
    """
    try:
        if guard:
            url, options = _pinned(url, options, ports)
        with Deadline(min(MOST_SECONDS, settings.DELIVERY_LEASE_SECONDS / 2)) as deadline:
            extensions = {**options.pop("extensions", {}), "trace": deadline.trace}
            client = httpx.Client(timeout=httpx.Timeout(**TIMEOUT), follow_redirects=False)
            with client, client.stream(method, url, extensions=extensions, **options) as response:
                return _whole(response)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise TemporaryFailure(Reason.UNREACHABLE, _words(error)) from error
    except guarded_hosts.HostNotAllowed as error:
        raise TemporaryFailure(Reason.UNREACHABLE, "ConnectError") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise TemporaryFailure(Reason.SETUP, _words(error)) from error
    except httpx.HTTPError as error:
        raise UnknownOutcome(_words(error)) from error


def _whole(response):
    """The answer with its body, which is cut where no gateway's would be so long."""
    body = bytearray()
    for piece in response.iter_bytes(64_000):
        body += piece
        if len(body) > MOST_BYTES:
            break
    kind = {"Content-Type": response.headers["content-type"]} if "content-type" in response.headers else {}
    return httpx.Response(response.status_code, headers=kind, content=bytes(body[:MOST_BYTES]))


def _pinned(url, options, ports):
    """The same call to the address of its host that was looked at; the name still stands in the request and in the certificate."""
    parts = httpx.URL(url)
    if parts.scheme not in {"http", "https"}:
        raise guarded_hosts.HostNotAllowed()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    _family, address = guarded_hosts.address_of(parts.host, port, ports=ports)
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
