"""SMSAPI.pl (also smsapi.com): POST sms.do with an OAuth token, answers in JSON."""

from common.text import clean_line
from notifications.choices import Reason
from notifications.gateways.base import Accepted, Gateway, call, json_of, refuse_by_status
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

# Codes of `error`, as the documentation lists them.
_NUMBER = {13}
_TEXT = {11, 12, 17, 25, 27, 74, 94}
_OURS_TO_MEND = {8, 14, 18, 19, 20, 98, 101, 102, 105, 110, 112, 1000, 1001}
_NO_CREDIT = {103, 104}
_BUSY = {201, 666, 999}
_SENT_BEFORE = 53
_FAILED_STATES = {"UNDELIVERED", "FAILED", "REJECTED", "EXPIRED"}


class SmsApi(Gateway):
    def __init__(self, *, url, token, sender=""):
        self._url, self._token, self._sender = f"{url.rstrip('/')}/sms.do", token, sender

    def send_checked(self, to, text, *, key, template, params):
        data = {"to": to.removeprefix("+"), "message": text, "format": "json", "encoding": "utf-8"}
        if self._sender:
            data["from"] = self._sender
        if key:
            # With check_idx, SMSAPI refuses an idx it has seen instead of sending it twice.
            data |= {"idx": key, "check_idx": "1"}
        response = call("POST", self._url, data=data, headers={"Authorization": f"Bearer {self._token}"})
        answer = json_of(response)
        if "error" in answer:
            return self._refused(answer)
        first = answer["list"][0] if isinstance(answer.get("list"), list) and answer["list"] else None
        if not isinstance(first, dict):
            refuse_by_status(response)
            raise UnknownOutcome("no list in the answer")
        if first.get("error") or str(first.get("status", "")).upper() in _FAILED_STATES:
            raise PermanentFailure(Reason.REFUSED, clean_line(f"{first.get('status')} {first.get('error') or ''}", 200))
        return Accepted(str(first.get("id", ""))[:80])

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


def make(config):
    return SmsApi(url=config["smsapi_url"], token=config["smsapi_token"], sender=config["sender"])
