"""SMSAPI.pl (also smsapi.com): POST sms.do with an OAuth token, answers in JSON."""

from django.conf import settings

from common.text import clean_line
from notifications.choices import Reason, State
from notifications.gateways.base import Accepted, Gateway, Inbound, Report, amount, call, json_of, refuse_by_status, whole
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

# Codes of `error`, as the documentation lists them.
_NUMBER = {13}
_TEXT = {11, 12, 17, 25, 27, 74, 94}
_OURS_TO_MEND = {8, 14, 18, 19, 20, 98, 101, 102, 105, 110, 112, 1000, 1001}
_NO_CREDIT = {103, 104}
_BUSY = {201, 666, 999}
_SENT_BEFORE = 53
_FAILED_STATES = {"UNDELIVERED", "FAILED", "REJECTED", "EXPIRED", "STOP"}
_DELIVERED = "DELIVERED"


class SmsApi(Gateway):
    has_balance = True

    def __init__(self, *, url, token, sender=""):
        self._base, self._sender = url.rstrip("/"), sender
        self._headers = {"Authorization": f"Bearer {token}"}

    def send_checked(self, to, text, *, key, approved, report_to):
        data = {"to": to.removeprefix("+"), "message": text, "format": "json", "encoding": "utf-8", "details": "1"}
        if self._sender:
            data["from"] = self._sender
        if report_to.startswith("https://"):
            data["notify_url"] = report_to
        if key:
            # With check_idx, SMSAPI refuses an idx it has seen instead of sending it twice.
            data |= {"idx": key, "check_idx": "1"}
        response = call("POST", f"{self._base}/sms.do", data=data, headers=self._headers)
        answer = json_of(response)
        if "error" in answer:
            return self._refused(answer)
        first = answer["list"][0] if isinstance(answer.get("list"), list) and answer["list"] else None
        if not isinstance(first, dict):
            refuse_by_status(response)
            raise UnknownOutcome("no list in the answer")
        if first.get("error") or str(first.get("status", "")).upper() in _FAILED_STATES:
            raise PermanentFailure(Reason.REFUSED, clean_line(f"{first.get('status')} {first.get('error') or ''}", 200))
        return Accepted(str(first.get("id", ""))[:80], whole(answer.get("parts")), amount(first.get("points")))

    def _refused(self, answer):
        try:
            code = int(answer["error"])
        except (TypeError, ValueError):
            code = 0
        words = clean_line(f"{answer['error']} {answer.get('message', '')}", 200)
        if code == _SENT_BEFORE:
            return Accepted()
        if code in _NUMBER:
            raise PermanentFailure(Reason.BAD_NUMBER, words)
        if code in _TEXT:
            raise PermanentFailure(Reason.BAD_TEXT, words)
        if code in _NO_CREDIT:
            raise TemporaryFailure(Reason.NO_CREDIT, words)
        if code in _OURS_TO_MEND:
            raise TemporaryFailure(Reason.SETUP, words)
        if code in _BUSY:
            raise TemporaryFailure(Reason.BUSY, words)
        raise PermanentFailure(Reason.BAD_TEXT, words)

    def balance(self):
        return amount(json_of(call("GET", f"{self._base}/profile", headers=self._headers)).get("points"))

    def reports_in(self, params):
        """One call may tell of several messages: their values stand in one field, with commas between them. `idx` is our key."""
        names = params.get("status_name", "").split(",")
        prices = params.get("points", "").split(",")
        ids = params.get("MsgId", "").split(",")
        if not params.get("MsgId") or len(names) != len(ids):
            return []
        keys = params.get("idx", "").split(",")
        prices, keys = (said if len(said) == len(ids) else [""] * len(ids) for said in (prices, keys))
        return [_report(*one) for one in zip(ids, names, prices, keys, strict=True)]

    def inbound_in(self, params):
        if not params.get("sms_from") or "sms_text" not in params:
            return []
        return [Inbound(params.get("MsgId", "")[:80], params["sms_from"], params.get("sms_to", ""), params["sms_text"])]


def _report(provider_id, name, points, key):
    name = name.strip().upper()
    state = State.DELIVERED if name == _DELIVERED else State.FAILED if name in _FAILED_STATES else None
    return Report(provider_id.strip(), state, clean_line(name, 200), cost=amount(points), key=key.strip())


def make(config):
    return SmsApi(url=config["smsapi_url"], token=config["smsapi_token"], sender=config["sender"])


def of_row(row):
    return SmsApi(url=settings.SMS["smsapi_url"], token=row.key, sender=row.sender)
