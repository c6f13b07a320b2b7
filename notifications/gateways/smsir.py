"""SMS.ir (api.sms.ir, REST v1). Free text by send/bulk from a line of one's own; approved templates by send/verify."""

from zlib import crc32

from django.conf import settings

from common.text import clean_line
from notifications.choices import Reason, State
from notifications.gateways.base import Accepted, Gateway, Inbound, Report, amount, call, json_of, refuse_by_status
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

# Codes of `status`, as the documentation lists them; 1 is success.
_TAKEN = 1
_BUSY = {0, 20}
_OURS_TO_MEND = {10, 11, 12, 13, 14, 101, 113, 119, 123}
_NO_CREDIT = {102}
_NUMBER = {104, 115}
# `deliveryState`: 1 on the phone, 2 not on the phone, 4 not taken by the operator, 6 failed, 7 on the black list; the others are under way.
_DELIVERED, _FAILED_STATES = 1, {2, 4, 6, 7}
_LONGEST_VALUE = 25


class SmsIr(Gateway):
    asks_about = 1
    has_balance = True
    fetches = True

    def __init__(self, *, url, key, sender=""):
        self._base, self._headers, self._sender = f"{url.rstrip('/')}/v1", {"X-API-KEY": key}, sender

    def send_checked(self, to, text, *, key, approved, report_to):
        if approved:
            parameters = [{"name": name, "value": value[:_LONGEST_VALUE]} for name, value in approved.values.items()]
            template = int(approved.name) if approved.name.isdecimal() else approved.name
            answer = self._call("POST", "send/verify", {"mobile": _mobile(to), "templateId": template, "parameters": parameters})
            return Accepted(str(answer.get("messageId") or "")[:80], cost=amount(answer.get("cost")))
        line = int(self._sender) if self._sender.isdecimal() else self._sender
        answer = self._call("POST", "send/bulk", {"lineNumber": line, "messageText": text, "mobiles": [_mobile(to)], "sendDateTime": None})
        ids = answer.get("messageIds") if isinstance(answer.get("messageIds"), list) else []
        if ids and ids[0] is None:  # the number stands on the operator's black list
            raise PermanentFailure(Reason.REFUSED, "null messageId")
        return Accepted(str(ids[0])[:80] if ids else "", cost=amount(answer.get("cost")))

    def ask_about(self, ids):
        answer = self._call("GET", f"send/{ids[0]}") if ids and ids[0].isdecimal() else {}
        return [self._report(answer)] if answer.get("messageId") else []

    def reports_in(self, params):
        return [self._report(params)] if params.get("messageId") and params.get("deliveryState") else []

    def inbound_in(self, params):
        if not params.get("mobile") or "messageText" not in params:
            return []
        return [_inbound(params)]

    def fetch_inbound(self):
        """The newest of today. Each is known by who wrote it when: SMS.ir gives them no id."""
        found = self._call("GET", "receive/latest?count=100").get("list", [])
        return [_inbound(one) for one in found if isinstance(one, dict) and one.get("mobile")]

    def balance(self):
        return amount(self._call("GET", "credit").get("value"))

    def _report(self, answer):
        found = amount(answer.get("deliveryState"))
        state = State.DELIVERED if found == _DELIVERED else State.FAILED if found in _FAILED_STATES else None
        return Report(str(answer["messageId"]), state, clean_line(f"deliveryState {found}", 200), cost=amount(answer.get("cost")))

    def _call(self, method, path, data=None):
        response = call(method, f"{self._base}/{path}", headers=self._headers, **({"json": data} if data else {}))
        answer = json_of(response)
        status = answer.get("status")
        if not isinstance(status, int) or isinstance(status, bool):
            refuse_by_status(response)
            raise UnknownOutcome("no status in the answer")
        if status != _TAKEN:
            raise _failure(status, clean_line(f"{status} {answer.get('message', '')}", 200))
        data = answer.get("data")
        return data if isinstance(data, dict) else {"list": data} if isinstance(data, list) else {"value": data}


def _failure(status, words):
    if status in _BUSY:
        return TemporaryFailure(Reason.BUSY, words)
    if status in _NO_CREDIT:
        return TemporaryFailure(Reason.NO_CREDIT, words)
    if status in _OURS_TO_MEND:
        return TemporaryFailure(Reason.SETUP, words)
    return PermanentFailure(Reason.BAD_NUMBER if status in _NUMBER else Reason.BAD_TEXT, words)


def _inbound(one):
    mobile, text, at = str(one["mobile"]), str(one.get("messageText", "")), one.get("receivedDateTime")
    key = f"{mobile}-{at}-{crc32(text.encode()):x}"[:80] if at else ""
    return Inbound(key, mobile, str(one.get("number", "")), text)


def _mobile(to):
    """09… inside Iran, 00… elsewhere."""
    return f"0{to[3:]}" if to.startswith("+98") else f"00{to[1:]}"


def of_row(row):
    return SmsIr(url=settings.SMS["smsir_url"], key=row.key, sender=row.sender)
