"""Kavenegar (api.kavenegar.com, REST v1). Free text by sms/send; approved templates by verify/lookup."""

from common.text import clean_line
from notifications.choices import Reason
from notifications.gateways.base import Accepted, Gateway, call, json_of, refuse_by_status
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome

# Codes of `return.status`, as the documentation lists them.
_LATER = {402: Reason.BUSY, 409: Reason.BUSY, 429: Reason.BUSY, 451: Reason.BUSY}
_OURS_TO_MEND = {401, 403, 404, 405, 407, 412, 416, 424, 426, 427, 501}
_NEVER = {411: Reason.BAD_NUMBER}
_NO_CREDIT = 418
# `entries[].status`: accepted, but already known to have failed.
_FAILED_STATES = {6: Reason.REFUSED, 11: Reason.REFUSED, 13: Reason.REFUSED, 14: Reason.REFUSED}


class Kavenegar(Gateway):
    def __init__(self, *, url, key, sender="", templates=None):
        self._base = f"{url.rstrip('/')}/v1/{key}"
        self._sender, self._templates = sender, templates or {}

    def send_checked(self, to, text, *, key, template, params):
        approved = self._templates.get(template)
        if approved:
            return self._call("verify/lookup.json", {"receptor": _receptor(to), "template": approved, **_tokens(params)})
        data = {"receptor": _receptor(to), "message": text}
        if self._sender:
            data["sender"] = self._sender
        if key:
            # Kavenegar sends nothing for a local id it has seen, but tells again what became of it.
            data["localid"] = _local_id(key)
        return self._call("sms/send.json", data)

    def _call(self, method, data):
        response = call("POST", f"{self._base}/{method}", data=data)
        answer = json_of(response)
        outcome = answer.get("return") if isinstance(answer.get("return"), dict) else {}
        status = outcome.get("status")
        if not isinstance(status, int):
            refuse_by_status(response)
            raise UnknownOutcome("no status in the answer")
        if status != 200:
            raise _failure(status, clean_line(f"{status} {outcome.get('message', '')}", 200))
        entries = answer.get("entries") or [{}]
        entry = entries[0] if isinstance(entries, list) else entries
        if entry.get("status") in _FAILED_STATES:
            raise PermanentFailure(_FAILED_STATES[entry["status"]], clean_line(entry.get("statustext", ""), 200))
        return Accepted(str(entry.get("messageid", ""))[:80])


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


def _receptor(to):
    """09… inside Iran, 00… elsewhere: the forms Kavenegar documents."""
    return f"0{to[3:]}" if to.startswith("+98") else f"00{to[1:]}"


def _tokens(params):
    """token, token2, token3 in the order code, number, link. Spaces are not allowed in them."""
    values = ["".join(params[name].split()) for name in ("code", "number", "link") if params.get(name)]
    return dict(zip(("token", "token2", "token3"), values, strict=False))


def _local_id(key):
    return int(key[:15], 16)


def make(config):
    return Kavenegar(
        url=config["kavenegar_url"], key=config["kavenegar_key"], sender=config["sender"], templates=config["kavenegar_templates"]
    )
