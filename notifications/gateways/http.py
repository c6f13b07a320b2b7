"""Any gateway that takes an HTTP call, described in the environment: address, method, headers, body, what success looks like.

{to}, {number} (the same without +), {text}, {sender}, {key}, {code} and {link} are filled in and nothing else is understood,
so a text can never become part of the description.
"""

import json
import re
from urllib.parse import quote

from django.utils.html import escape

from common.text import clean_line
from notifications.choices import Reason
from notifications.gateways.base import Accepted, Gateway, call, refuse_by_status
from notifications.outcomes import PermanentFailure

_PLACE = re.compile(r"\{(to|number|text|sender|key|code|link)\}")
# A gateway that answers with a book is not read to the end.
MOST_CHARACTERS = 20_000


class HttpGateway(Gateway):
    """`success` and `id_pattern` are looked for in the answer's body. Without `success`, any 2xx is one."""

    def __init__(self, *, url, method="POST", headers=None, body="", success="", id_pattern="", sender="", guarded=False):
        self._headers = headers or {}
        if body and not _kind_of(self._headers):
            self._headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
        self._url, self._method, self._body, self._sender = url, method, body, sender
        self.guarded = guarded
        self._success = re.compile(success) if success else None
        self._id = re.compile(id_pattern) if id_pattern else None

    def send_checked(self, to, text, *, key, template, params):
        values = {
            "to": to, "number": to.removeprefix("+"), "text": text, "sender": self._sender, "key": key,
            "code": params.get("code", ""), "link": params.get("link", ""),
        }  # fmt: skip
        body = _fill(self._body, values, _escape_for(self._headers)).encode() if self._body else None
        response = call(self._method, _fill(self._url, values, _for_url), guard=self.guarded, headers=self._headers, content=body)
        refuse_by_status(response)
        said = response.text[:MOST_CHARACTERS]
        if self._success and not self._success.search(said):
            raise PermanentFailure(Reason.REFUSED, clean_line(said, 200))
        found = self._id.search(said) if self._id else None
        return Accepted((found.group(1) if found.groups() else found.group())[:80] if found else "")


def _fill(pattern, values, escape):
    return _PLACE.sub(lambda place: escape(values[place.group(1)]), pattern)


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


def of_account(account):
    """As an owner described it in the pages; {secret} is the key, which is stored apart."""
    key, headers = account.key, {name: value.replace("{secret}", account.key) for name, value in account.headers.items()}
    return HttpGateway(
        url=account.url.replace("{secret}", _for_url(key)),
        method=account.method,
        headers=headers,
        body=account.body.replace("{secret}", _escape_for(headers or {"Content-Type": "urlencoded"})(key)),
        success=re.escape(account.success),
        sender=account.sender,
        guarded=True,
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
