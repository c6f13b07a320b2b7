"""What a mail provider reports by calling us: read by django-anymail, told in our words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import import_string

from common.text import clean_line
from notifications.bounces import settling
from notifications.bounces.envelopes import pk_behind
from notifications.mail_account import stores_of
from notifications.mail_providers import PROVIDERS, is_installed


class ReportRefused(Exception):
    """Not signed by the provider, or nothing we can read."""


@dataclass(frozen=True)
class Report:
    """`kind` and `why` are the library's words for what happened."""

    kind: str
    why: str
    message: int | None
    message_id: str
    words: str
    at: datetime | None


def reports_in(account, request):
    """[Report] of one call. Raises ReportRefused."""
    if account.is_smtp or not is_installed():
        raise ReportRefused()
    view = _view(account)
    try:
        view.run_validators(request)
        return [_report(event) for event in view.parse_events(request)]
    except Exception as error:  # whatever strangers send: the library checks a signature, then trusts the shape of what it reads
        raise ReportRefused() from error


def take_reports(account, reports):
    """Settle the messages they are about, each a mail that left through this account. Returns how many were known."""
    stores, known = stores_of(account), 0
    for report in reports:
        act = _act(report)
        delivery = act and settling.message_of(report.message, report.message_id, stores=stores)
        if delivery:
            act(delivery, report)
            known += 1
    return known


def _act(report):
    if report.kind in {"bounced", "rejected", "failed"} and report.why == "spam":
        return _complained
    return _ACTS.get(report.kind)


def _came_back(delivery, report):
    settling.note_came_back(delivery, report.words, is_address_wrong=report.why in {"bounced", "invalid"}, reported_at=report.at)


def _refused(delivery, report):
    settling.note_came_back(delivery, report.words, is_address_wrong=report.why == "invalid", reported_at=report.at)


def _delivered(delivery, report):
    settling.note_delivered(delivery, at=report.at)


def _complained(delivery, report):
    settling.note_complaint(delivery)


def _delayed(delivery, report):
    settling.note_delayed(delivery, report.words)


_ACTS = {
    "delivered": _delivered,
    "bounced": _came_back,
    "rejected": _refused,
    "failed": _refused,
    "deferred": _delayed,
    "complained": _complained,
}


def _view(account):
    """The library's reader of this provider's reports. The unguessable address stands for its own password."""
    module = "anymail.webhooks"
    name = f"{account.get_way_display()}TrackingWebhookView"
    base = import_string(f"{module}.{account.way}.{name}")
    provider = PROVIDERS[account.way]
    keys = {provider.signed_by: account.hook_secret or account.password} if provider.signed_by else {}
    return type(name, (base,), {"warn_if_no_basic_auth": False})(**keys)


def _report(event):
    words = event.mta_response or event.description or ""
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    return Report(
        kind=str(event.event_type or ""),
        why=_why(event),
        message=pk_behind(str(metadata.get("message") or "")),
        message_id=str(event.message_id or "")[:255],
        words=clean_line(words if isinstance(words, str) else "", 200),
        at=event.timestamp if isinstance(event.timestamp, datetime) and event.timestamp.tzinfo else None,
    )


def _why(event):
    """A mailbox that is full today is no wrong address, though some providers call both a bounce."""
    said = event.esp_event if isinstance(event.esp_event, dict) else {}
    if said.get("Type") == "SoftBounce" or said.get("event") == "soft_bounce":
        return "other"
    return str(event.reject_reason or "")
