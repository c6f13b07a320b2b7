"""Reading what a mail server says about a mail (a DSN, RFC 3464): which one it was, and what became of it.

Anybody can write to the mailbox, so the parser is only shown what it can read in no time: so many bytes, header lines and parts. What is
in it is looked at as plain text; nothing is decoded, followed or answered.
"""

import email
import email.policy
import re
from dataclasses import dataclass

from common.text import clean_line
from notifications.bounces.envelopes import pk_behind

MOST_BYTES = 256 * 1024
MOST_HEADER_BYTES = 64 * 1024
MOST_PARTS = 40
MOST_BLOCKS = 20
_MOST_OF_A_HEADER = 2000

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
# Nobody there, no such domain, mailbox closed. A full mailbox or a mail it did not want says nothing against the address.
_WRONG_ADDRESS = {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"}
#: Headers of the report in which the address it was sent to may stand.
_TO = ("To", "X-Original-To", "Delivered-To", "Envelope-To")


@dataclass(frozen=True)
class Bounce:
    """`action`: failed, delayed, delivered, …; `status`: the enhanced code; `message` and `message_id` say which mail, as far as known."""

    action: str
    status: str
    words: str
    message: int | None
    message_id: str

    @property
    def is_final(self):
        return self.action == "failed"

    @property
    def is_address_wrong(self):
        return self.status in _WRONG_ADDRESS


def read(raw) -> Bounce | None:
    """The report in these bytes; None for anything else, and for what is too big, too deep or too odd to look at."""
    if not _is_readable(raw):
        return None
    try:
        mail = email.message_from_bytes(raw, policy=email.policy.compat32)
        return _report_of(mail)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError):
        return None


def _is_readable(raw):
    if len(raw) > MOST_BYTES:
        return False
    end = _END_OF_HEADER.search(raw, 0, MOST_HEADER_BYTES)
    lowered = raw.lower()
    return bool(end) and lowered.count(b"boundary") <= MOST_PARTS and lowered.count(b"content-type:") <= MOST_PARTS


def _report_of(mail):
    parts = list(mail.walk())
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if status is None or mail.get_content_type() != "multipart/report":
        return None
    blocks = status.get_payload() if status.is_multipart() else []
    of_recipient = next((block for block in blocks[:MOST_BLOCKS] if block.get("Action")), None)
    if of_recipient is None:
        return None
    diagnosis = _header(of_recipient, "Diagnostic-Code")
    return Bounce(
        action=_header(of_recipient, "Action").lower().strip(),
        status=_status(_header(of_recipient, "Status"), diagnosis),
        words=clean_line(diagnosis.partition(";")[2] or diagnosis or _header(of_recipient, "Status"), 200),
        message=next(filter(None, (pk_behind(_header(mail, name)) for name in _TO)), None),
        message_id=_message_id(parts, status),
    )


def _status(given, diagnosis):
    """The code of the report. Where it only says “failed” (5.0.0), what the other server answered may say more."""
    found = _STATUS.search(given)
    if found is None or found.group() in {"5.0.0", "5.3.0"}:
        found = _STATUS.search(diagnosis[:_MOST_OF_A_HEADER]) or found
    return found.group() if found else ""


def _message_id(parts, status):
    """That of the mail that came back, whole or its headers alone."""
    after = parts[parts.index(status) + 1 :]
    for part in after:
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            text = part.get_payload(decode=False)
            headers = email.message_from_string(text[:MOST_HEADER_BYTES], policy=email.policy.compat32) if isinstance(text, str) else {}
        elif kind == "message/rfc822" and part.is_multipart():
            headers = part.get_payload(0)
        else:
            continue
        found = _MESSAGE_ID.search(_header(headers, "Message-ID"))
        if found:
            return found.group()
    return ""


def _header(part, name):
    value = part.get(name)
    return str(value)[:_MOST_OF_A_HEADER] if value is not None else ""
