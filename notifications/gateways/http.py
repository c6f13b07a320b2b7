"""Any gateway that takes an HTTP call, as somebody described it: address, method, headers, body, what success looks like.

{to}, {number} (the same without +), {text}, {sender}, {key}, {code}, {link} and {report} (the address for reports) are filled in and nothing
else is understood, so a text can never become part of the description. An owner's description says besides how the gateway reports.
"""

import json
import re
from urllib.parse import quote

from django.utils.html import escape

from common.text import clean_line
from notifications.choices import Reason, State
from notifications.gateways.base import Accepted, Gateway, Inbound, Report, amount, call, refuse_by_status, whole
from notifications.outcomes import PermanentFailure

_PLACE = re.compile(r"\{(to|number|text|sender|key|code|link|report|id)\}")
# A gateway that answers with a book is not read to the end.
MOST_CHARACTERS = 20_000
#: What an owner may say of reports, of SMS that come in and of the balance: names of parameters, words, calls.
DESCRIBED = (
    "answer_id", "report_id", "report_state", "report_delivered", "report_failed", "report_parts", "report_cost", "report_url",
    "in_from", "in_to", "in_text", "in_id", "balance_url", "balance_answer",
)  # fmt: skip


class HttpGateway(Gateway):
    """`success` and `id_pattern` are looked for in the answer's body. Without `success`, any 2xx is one."""

    def __init__(
        self, *, url, method="POST", headers=None, body="", success="", id_pattern="", sender="", guarded=False, described=None
    ):  # fmt: skip
        self._headers = headers or {}
        if body and not _kind_of(self._headers):
            self._headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
        self._url, self._method, self._body, self._sender = url, method, body, sender
        self.guarded = guarded
        self._success = re.compile(success) if success else None
        self._id = re.compile(id_pattern) if id_pattern else None
        self._said = {name: (described or {}).get(name, "") for name in DESCRIBED}
        self.asks_about = 1 if self._said["report_url"] else 0
        self.has_balance = bool(self._said["balance_url"])

    def send_checked(self, to, text, *, key, approved, report_to):
        values = {
            "to": to, "number": to.removeprefix("+"), "text": text, "sender": self._sender, "key": key, "report": report_to,
            "code": _first(approved, "code"), "link": _first(approved, "link"), "id": key,
        }  # fmt: skip
        body = _fill(self._body, values, _escape_for(self._headers)).encode() if self._body else None
        response = call(self._method, _fill(self._url, values, _for_url), guard=self.guarded, headers=self._headers, content=body)
        refuse_by_status(response)
        said = response.text[:MOST_CHARACTERS]
        if self._success and not self._success.search(said):
            raise PermanentFailure(Reason.REFUSED, clean_line(said, 200))
        found = self._id.search(said) if self._id else None
        return Accepted((found.group(1) if found.groups() else found.group())[:80] if found else "")

    def reports_in(self, params):
        said = self._said
        provider_id, status = params.get(said["report_id"], ""), params.get(said["report_state"], "")
        if not status:
            return []
        parts, cost = whole(params.get(said["report_parts"], "")), amount(params.get(said["report_cost"], ""))
        return [Report(provider_id[:80], self._state(status), clean_line(status, 200), parts, cost)]

    def inbound_in(self, params):
        said = self._said
        sender, text = params.get(said["in_from"], ""), params.get(said["in_text"])
        if not sender or text is None:
            return []
        return [Inbound(params.get(said["in_id"], "")[:80], sender, params.get(said["in_to"], ""), text)]

    def ask_about(self, ids):
        answer = self._ask(_fill(self._said["report_url"], {"id": ids[0]}, _for_url)) if ids else ""
        words = (word for word in re.findall(r"\w+", answer) if self._state(word))
        found = next(words, None)
        return [Report(ids[0], self._state(found), clean_line(answer, 200))] if found else []

    def balance(self):
        found = _placed(self._said["balance_answer"] or "{balance}", "balance", r"(-?[0-9]+(?:[.,][0-9]+)?)").search(
            self._ask(self._said["balance_url"])
        )
        return amount(found.group(1)) if found else None

    def _ask(self, url):
        response = call("GET", url, guard=self.guarded, headers=self._headers)
        refuse_by_status(response)
        return response.text[:MOST_CHARACTERS]

    def _state(self, word):
        for state, name in ((State.DELIVERED, "report_delivered"), (State.FAILED, "report_failed")):
            if word.strip().casefold() in {one.strip().casefold() for one in self._said[name].split(",") if one.strip()}:
                return state
        return None


def _first(approved, name):
    return approved.values.get(name, "") if approved else ""


def _placed(pattern, name, what):
    """The owner's words as a pattern: `what` stands where they say {name}. Nothing else in them means anything."""
    return re.compile(re.escape(pattern).replace(re.escape(f"{{{name}}}"), what))


def _fill(pattern, values, escape):
    return _PLACE.sub(lambda place: escape(values.get(place.group(1), place.group())), pattern)


def _for_url(value):
    return quote(value, safe="")


def _for_json(value):
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _kind_of(headers):
    return next((value for name, value in headers.items() if name.lower() == "content-type"), "").lower()


def _escape_for(headers):
    """How a value is written into a body of this kind, so that it stays a value."""
    kind = _kind_of(headers)
    if "json" in kind:
        return _for_json
    if "xml" in kind:
        return escape
    return _for_url if "urlencoded" in kind else str


def of_row(row):
    """As an owner described it in the pages; {secret} is the key, which is stored apart."""
    headers = {name: value.replace("{secret}", row.key) for name, value in row.headers.items()}
    described = {name: str(row.described.get(name, "")) for name in DESCRIBED}
    answer_id = described["answer_id"]
    urls = {name: described[name].replace("{secret}", _for_url(row.key)) for name in ("report_url", "balance_url")}
    return HttpGateway(
        url=row.url.replace("{secret}", _for_url(row.key)),
        method=row.method,
        headers=headers,
        body=row.body.replace("{secret}", _escape_for(headers or {"Content-Type": "urlencoded"})(row.key)),
        success=re.escape(row.success),
        id_pattern=_placed(answer_id, "id", r"([A-Za-z0-9._:-]{1,80})").pattern if answer_id else "",
        sender=row.sender,
        guarded=True,
        described=described | urls,
    )


def make(config):
    return HttpGateway(
        url=config["http_url"],
        method=config["http_method"],
        headers=config["http_headers"],
        body=config["http_body"],
        success=config["http_success"],
        id_pattern=config["http_id"],
        sender=config["sender"],
    )
