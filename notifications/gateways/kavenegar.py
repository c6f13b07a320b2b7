"""Kavenegar (api.kavenegar.com, REST v1). Free text by sms/send; approved templates by verify/lookup."""

from django.conf import settings

from common.text import clean_line
from notifications.choices import Reason, State
from notifications.gateways.base import Accepted, Gateway, Inbound, Report, amount, call, json_of, refuse_by_status
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

# Codes of `return.status`, as the documentation lists them.
_LATER = {402: Reason.BUSY, 409: Reason.BUSY, 429: Reason.BUSY, 451: Reason.BUSY}
_OURS_TO_MEND = {401, 403, 404, 405, 407, 412, 416, 424, 426, 427, 501}
_NEVER = {411: Reason.BAD_NUMBER}
_NO_CREDIT = 418
# `entries[].status`: 6 failed, 11 not delivered, 13 cancelled (no cost), 14 blocked by its reader; 10 delivered.
_FAILED_STATES = {"6", "11", "13", "14"}
_DELIVERED = "10"
#: It counts in rials, wherever the SMS goes.
CURRENCY = "IRR"
#: The places of a template. Only the last two take words with spaces between them: five and eight.
TOKENS = ("token", "token2", "token3", "token10", "token20")
_SPACES = {"token10": 4, "token20": 7}


class Kavenegar(Gateway):
    asks_about = 200
    has_balance = True

    def __init__(self, *, url, key, sender=""):
        self._base = f"{url.rstrip('/')}/v1/{key}"
        self._sender = sender

    def send_checked(self, to, text, *, key, approved, report_to):
        if approved:
            tokens = {name: _token(name, value) for name, value in approved.values.items()}
            return self._send("verify/lookup.json", {"receptor": _receptor(to), "template": approved.name, **tokens})
        data = {"receptor": _receptor(to), "message": text}
        if self._sender:
            data["sender"] = self._sender
        if key:
            # Kavenegar sends nothing for a local id it has seen, but tells again what became of it.
            data["localid"] = _local_id(key)
        return self._send("sms/send.json", data)

    def _send(self, method, data):
        entry = next(iter(self._call(method, data)), {})
        if str(entry.get("status")) in _FAILED_STATES:
            raise PermanentFailure(Reason.REFUSED, clean_line(entry.get("statustext", ""), 200))
        return Accepted(str(entry.get("messageid", ""))[:80], cost=amount(entry.get("cost")), currency=CURRENCY)

    def ask_about(self, ids):
        entries = self._call("sms/status.json", {"messageid": ",".join(ids[: self.asks_about])})
        return [_report(entry.get("messageid"), entry.get("status"), entry.get("statustext", "")) for entry in entries]

    def balance(self):
        return amount(next(iter(self._call("account/info.json", {})), {}).get("remaincredit"))

    def reports_in(self, params):
        return [_report(params["messageid"], params["status"])] if params.get("messageid") and params.get("status") else []

    def inbound_in(self, params):
        if not params.get("from") or "message" not in params:
            return []
        return [Inbound(str(params.get("messageid", ""))[:80], params["from"], params.get("to", ""), params["message"])]

    def _call(self, method, data):
        """The entries of the answer."""
        response = call("POST", f"{self._base}/{method}", data=data)
        answer = json_of(response)
        outcome = answer.get("return") if isinstance(answer.get("return"), dict) else {}
        status = outcome.get("status")
        if not isinstance(status, int):
            refuse_by_status(response)
            raise UnknownOutcome("no status in the answer")
        if status != 200:
            raise _failure(status, clean_line(f"{status} {outcome.get('message', '')}", 200))
        entries = answer.get("entries") or []
        return [entry for entry in (entries if isinstance(entries, list) else [entries]) if isinstance(entry, dict)]


def _failure(status, words):
    if status in _NEVER:
        return PermanentFailure(_NEVER[status], words)
    if status == _NO_CREDIT:
        return TemporaryFailure(Reason.NO_CREDIT, words)
    if status in _LATER or status >= 500 and status not in _OURS_TO_MEND:
        return TemporaryFailure(_LATER.get(status, Reason.BUSY), words)
    if status in _OURS_TO_MEND:
        return TemporaryFailure(Reason.SETUP, words)
    return PermanentFailure(Reason.BAD_TEXT, words)


def _report(provider_id, status, words=""):
    status = str(status)
    state = State.DELIVERED if status == _DELIVERED else State.FAILED if status in _FAILED_STATES else None
    return Report(str(provider_id), state, clean_line(f"{status} {words}", 200))


def _receptor(to):
    """09… inside Iran, 00… elsewhere: the forms Kavenegar documents."""
    return f"0{to[3:]}" if to.startswith("+98") else f"00{to[1:]}"


def _token(name, value):
    """Without more spaces than the place takes: a code loses them, words are joined by a hyphen."""
    words = value.split()
    if "".join(words).isdecimal():
        return "".join(words)
    free = words[: _SPACES.get(name, 0)]
    return " ".join([*free, "-".join(words[len(free) :])]).strip()[:100]


def _local_id(key):
    return int(key[:15], 16)


def make(config):
    return Kavenegar(url=config["kavenegar_url"], key=config["kavenegar_key"], sender=config["sender"])


def of_row(row):
    return Kavenegar(url=settings.SMS["kavenegar_url"], key=row.key, sender=row.sender)
