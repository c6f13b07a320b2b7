"""Twilio (api.twilio.com, 2010-04-01). Reports and SMS that come in are signed with the account's token."""

import base64
import hashlib
import hmac
import json

from django.conf import settings

from common.text import clean_line
from notifications.choices import Reason, State
from notifications.gateways.base import (
    Accepted,
    Gateway,
    Inbound,
    NotGenuine,
    Report,
    amount,
    call,
    json_of,
    refuse_by_status,
    whole,
)
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

# Codes of errors, as the documentation lists them.
_NUMBER = {21211, 21217, 21401, 21421, 21610, 21612, 21614}
_TEXT = {21602, 21605, 21617, 21654, 21655, 21656}
_BUSY = {20429, 21611, 14107}
_NO_CREDIT = {20005, 21616, 30002}
_FAILED_STATES = {"failed", "undelivered", "canceled"}
_DELIVERED = {"delivered", "read"}


class Twilio(Gateway):
    asks_about = 1
    has_balance = True
    thanks = ('<?xml version="1.0" encoding="UTF-8"?><Response></Response>', "text/xml")

    def __init__(self, *, url, account, token, sender=""):
        self._base = f"{url.rstrip('/')}/2010-04-01/Accounts/{account}"
        self._auth, self._token, self._sender = (account, token), token, sender

    def send_checked(self, to, text, *, key, approved, report_to):
        service = "MessagingServiceSid" if self._sender.startswith("MG") else "From"
        data = {"To": to, service: self._sender}
        if approved:
            data |= {"ContentSid": approved.name, "ContentVariables": json.dumps(approved.values, ensure_ascii=False)}
        else:
            data["Body"] = text
        if report_to.startswith("https://"):
            data["StatusCallback"] = report_to
        answer = self._call("POST", "Messages.json", data)
        if answer.get("status") in _FAILED_STATES:
            raise PermanentFailure(Reason.REFUSED, clean_line(f"{answer.get('error_code')} {answer.get('error_message')}", 200))
        return Accepted(str(answer.get("sid") or "")[:80], whole(answer.get("num_segments")), *_price(answer))

    def ask_about(self, ids):
        answer = self._call("GET", f"Messages/{ids[0]}.json") if ids and ids[0].isalnum() else {}
        if not answer.get("sid"):
            return []
        return [_report(answer["sid"], answer.get("status"), answer.get("error_code"), whole(answer.get("num_segments")), *_price(answer))]

    def balance(self):
        return amount(self._call("GET", "Balance.json").get("balance"))

    def guard_genuine(self, url, params, headers):
        said = url + "".join(f"{name}{params[name]}" for name in sorted(params))
        signature = base64.b64encode(hmac.new(self._token.encode(), said.encode(), hashlib.sha1).digest()).decode()
        if not self._token or not hmac.compare_digest(signature, headers.get("X-Twilio-Signature", "")):
            raise NotGenuine()

    def reports_in(self, params):
        if not params.get("MessageSid") or not params.get("MessageStatus"):
            return []
        return [_report(params["MessageSid"], params["MessageStatus"], params.get("ErrorCode"))]

    def inbound_in(self, params):
        if not params.get("MessageSid") or not params.get("From") or "Body" not in params:
            return []
        return [Inbound(params["MessageSid"][:80], params["From"], params.get("To", ""), params["Body"])]

    def _call(self, method, path, data=None):
        response = call(method, f"{self._base}/{path}", data=data, auth=self._auth)
        answer = json_of(response)
        if response.is_success and answer:
            return answer
        code = answer.get("code")
        if not isinstance(code, int):
            refuse_by_status(response)
            raise UnknownOutcome("nothing readable in the answer")
        words = clean_line(f"{code} {answer.get('message', '')}", 200)
        for codes, failure in _FAILURES:
            if code in codes:
                raise failure(words)
        if response.status_code == 429 or response.status_code == 503:
            raise TemporaryFailure(Reason.BUSY, words)
        if response.status_code >= 500:
            raise UnknownOutcome(words)
        raise TemporaryFailure(Reason.SETUP, words)


_FAILURES = [
    (_NUMBER, lambda words: PermanentFailure(Reason.BAD_NUMBER, words)),
    (_TEXT, lambda words: PermanentFailure(Reason.BAD_TEXT, words)),
    (_BUSY, lambda words: TemporaryFailure(Reason.BUSY, words)),
    (_NO_CREDIT, lambda words: TemporaryFailure(Reason.NO_CREDIT, words)),
]


def _report(sid, status, error="", parts=None, cost=None, currency=""):
    state = State.DELIVERED if status in _DELIVERED else State.FAILED if status in _FAILED_STATES else None
    return Report(str(sid), state, clean_line(f"{status} {error or ''}", 200), parts, cost, currency)


def _price(answer):
    """(cost, currency). Twilio writes what was paid as a negative number, and nothing until it knows."""
    price = amount(answer.get("price")) if answer.get("price") else None
    return abs(price) if price is not None else None, str(answer.get("price_unit") or "").upper()


def of_row(row):
    return Twilio(url=settings.SMS["twilio_url"], account=row.user, token=row.key, sender=row.sender)
