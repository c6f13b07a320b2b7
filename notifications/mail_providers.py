"""Mail providers by their API, through django-anymail, which is an optional package: requirements-mail-providers.txt.

Nothing here is imported before an account asks for it. A provider's own host is fixed; no owner types one.
"""

import importlib.util
import uuid
from dataclasses import dataclass, field
from functools import cache

from django.utils.module_loading import import_string

from common.text import clean_line
from notifications.choices import MailWay, Reason
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

#: What to install where the package is missing.
INSTALL = "pip install -r requirements-mail-providers.txt"


@dataclass(frozen=True)
class Provider:
    """`key`: what the library calls the key of the API. `signed_by`: what it calls the key of reports, where these are signed.

    `european`: the API of accounts that stand in the EU. `headers`: what makes it keep our Message-ID, or send nothing twice.
    """

    key: str
    needs_domain: bool = False
    european: str = ""
    signed_by: str = ""
    headers: dict = field(default_factory=dict)


PROVIDERS = {
    MailWay.MAILGUN: Provider("api_key", needs_domain=True, european="https://api.eu.mailgun.net/v3", signed_by="webhook_signing_key"),
    MailWay.POSTMARK: Provider("server_token", headers={"X-PM-KeepID": lambda message_id: "true"}),
    MailWay.BREVO: Provider("api_key", headers={"idempotencyKey": lambda message_id: str(uuid.UUID(message_id[1:33]))}),
}


@cache
def is_installed():
    return importlib.util.find_spec("anymail") is not None


def backend_of(account):
    """The way to the provider, not opened yet."""
    if not is_installed():
        raise TemporaryFailure(Reason.SETUP, INSTALL)
    provider = PROVIDERS[account.way]
    options = {provider.key: account.password}
    if provider.needs_domain:
        options["sender_domain"] = account.domain
    if provider.european and account.in_europe:
        options["api_url"] = provider.european
    backend = import_string(f"anymail.backends.{account.way}.EmailBackend")(**options)
    from notifications import provider_lines

    make_session = backend.create_session
    backend.create_session = lambda: provider_lines.mount(make_session())
    return backend


def watch(backend, deadline):
    """Whatever this backend says or hears ends with the deadline."""
    from notifications import provider_lines

    if backend.session:
        provider_lines.watch(backend.session, deadline)


def headers_for(account, message_id):
    """What only this provider understands."""
    return {name: make(message_id) for name, make in PROVIDERS[account.way].headers.items()}


def provider_id_of(mail):
    """The name a provider gave the mail; empty where a plain mail server took it."""
    given = getattr(getattr(mail, "anymail_status", None), "message_id", None)
    return given[:80] if isinstance(given, str) else ""


def outcome_of(error):
    """The outcome behind an error of the library; None when it is none of its errors."""
    if not is_installed():
        return None
    from anymail import exceptions as known

    if isinstance(error, (known.AnymailRecipientsRefused, known.AnymailInvalidAddress)):
        return PermanentFailure(Reason.BAD_ADDRESS, _words(error))
    if isinstance(error, (known.AnymailConfigurationError, known.AnymailInvalidMailer)):
        return TemporaryFailure(Reason.SETUP, type(error).__name__)
    if isinstance(error, known.AnymailAPIError):
        return _by_answer(error) if error.response is not None else _without_answer(error)
    return PermanentFailure(Reason.BROKEN, type(error).__name__) if isinstance(error, known.AnymailError) else None


def _by_answer(error):
    code, words = error.status_code, _words(error)
    if code in {401, 403, 404, 405}:
        return TemporaryFailure(Reason.SETUP, words)
    if code == 402:
        return TemporaryFailure(Reason.NO_CREDIT, words)
    if code in {408, 429, 503}:
        return TemporaryFailure(Reason.BUSY, words)
    if code >= 500 or code < 400:  # it may have been taken before something broke
        return UnknownOutcome(words)
    # A sender the provider has not confirmed is ours to mend; the mail waits.
    return TemporaryFailure(Reason.SETUP, words) if "sender" in words.lower() else PermanentFailure(Reason.REFUSED, words)


def _without_answer(error):
    """What is certain not to have reached the provider is tried again; no answer after that is not known."""
    from requests import ConnectTimeout
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    cause = error.__cause__
    inner = getattr(cause.args[0], "reason", None) if cause is not None and cause.args else None
    if isinstance(cause, ConnectTimeout) or isinstance(inner, (NewConnectionError, ConnectTimeoutError)):
        return TemporaryFailure(Reason.UNREACHABLE, type(cause).__name__)
    return UnknownOutcome(type(cause or error).__name__)


def _words(error):
    """What the provider said, in one line. Never the request, for there are keys in it."""
    response = getattr(error, "response", None)
    try:
        said = response.json() if response is not None else {}
    except ValueError:
        said = {}
    told = next((said[name] for name in ("Message", "message", "error") if isinstance(said, dict) and said.get(name)), "")
    return clean_line(f"{getattr(error, 'status_code', None) or ''} {told or type(error).__name__}".strip(), 200)
