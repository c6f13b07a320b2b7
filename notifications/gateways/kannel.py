"""Kannel, the open gateway: its smsbox takes SMS at /cgi-bin/sendsms and calls the address for reports that each SMS brings."""

from urllib.parse import urlencode

from common.text import clean_line
from notifications.choices import Reason, State
from notifications.gateways.base import PORTS, Accepted, Gateway, Inbound, Report, call, refuse_by_status
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome
from notifications.sms_texts import GSM, measure

# Bits of dlr-mask: 1 on the phone, 2 not on the phone, 4 queued at the operator, 8 taken by the operator, 16 refused by it.
_MASK = 31
_STATES = {"1": State.DELIVERED, "2": State.FAILED, "16": State.FAILED}
# 13013 is the port of its own documentation.
KANNEL_PORTS = PORTS | {13013, 13003}
_TAKEN = ("0:", "3:")
_UCS2 = "2"


class Kannel(Gateway):
    """Kannel gives no id. Reports come back under our key, which the address for them carries."""

    guarded = True
    thanks = ("", "text/plain")

    def __init__(self, *, url, user, password, sender=""):
        self._url, self._user, self._password, self._sender = url, user, password, sender

    def known_id(self, key):
        return key

    def send_checked(self, to, text, *, key, approved, report_to):
        query = {"username": self._user, "password": self._password, "to": to, "text": text, "charset": "UTF-8"}
        if self._sender:
            query["from"] = self._sender
        if measure(text).alphabet != GSM:
            query["coding"] = _UCS2
        if report_to and key:
            query |= {"dlr-mask": _MASK, "dlr-url": f"{report_to}?{urlencode({'id': key})}&status=%d&smsc=%i&answer=%A"}
        response = call("GET", f"{self._url}?{urlencode(query)}", guard=True, ports=KANNEL_PORTS)
        said = clean_line(response.text[:200], 200)
        if said.startswith(_TAKEN):
            return Accepted(key)
        if response.status_code == 403:
            raise TemporaryFailure(Reason.SETUP, said)
        if response.status_code == 503:
            raise TemporaryFailure(Reason.BUSY, said)
        if response.status_code == 400:
            raise PermanentFailure(Reason.BAD_TEXT, said)
        refuse_by_status(response)
        raise UnknownOutcome(said)

    def reports_in(self, params):
        if not params.get("id") or not params.get("status"):
            return []
        return [Report(params["id"], _STATES.get(params["status"]), clean_line(f"{params['status']} {params.get('answer', '')}", 200))]

    def inbound_in(self, params):
        if not params.get("from") or "text" not in params:
            return []
        return [Inbound(params.get("id", "")[:80], params["from"], params.get("to", ""), params["text"])]


def of_row(row):
    return Kannel(url=row.url, user=row.user, password=row.key, sender=row.sender)
