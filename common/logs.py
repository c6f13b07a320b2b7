"""The shape of a line in the log: one record is one line, whatever is in it, and secrets are not."""

import logging
import re
from datetime import UTC, datetime

from common.references import current_reference

_LINE_BREAKERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NAMED_SECRET = re.compile(
    r"(?i)(\b[\w-]{0,20}(?:password|passwd|passphrase|token|secret|api[_-]?key|authorization|cookie|sessionid|private_key)\b[\"']?\s{0,3}[=:]\s{0,3}"
    r"(?:bearer\s|basic\s)?[\"']?|[?&](?:code|key|k|t)=)[^\s\"'&,;]{1,4000}"
)
_URL_PASSWORD = re.compile(r"(://[^\s/:@]{0,80}:)[^\s/@]{1,200}@")
# Signed links, gateway keys in paths, session ids: long runs nobody reads. File paths have slashes and dots in between.
_LONG_RUN = re.compile(r"[A-Za-z0-9_:=+-]{40,4000}")
MAX_LENGTH = 12_000


class LineFormatter(logging.Formatter):
    """2026-11-19T06:42:00.123Z WARNING portal.views K7M2Q9TX message; a traceback follows on the same line, its line ends as \\n."""

    def format(self, record):
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{int(record.msecs):03}Z"
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            message = f"{record.msg!s} (arguments do not fit)"
        if record.exc_info:
            message += "\n" + self.formatException(record.exc_info)
        elif record.exc_text:
            message += "\n" + record.exc_text
        reference = getattr(record, "reference", "") or current_reference() or "-"
        return f"{moment} {record.levelname} {one_line(record.name)} {one_line(reference)} {one_line(without_secrets(message))}"


def one_line(text) -> str:
    """The text with everything that could break or repaint a line written as an escape."""
    text = str(text)
    if len(text) > MAX_LENGTH:
        text = text[: MAX_LENGTH // 2] + " … " + text[-MAX_LENGTH // 2 :]
    return _LINE_BREAKERS.sub(_escape, text)


def _escape(found):
    character = found.group()
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character) or f"\\x{ord(character):02x}"


def without_secrets(text) -> str:
    """The text with passwords, keys and signed tokens replaced by dots."""
    text = _URL_PASSWORD.sub(r"\1•••@", str(text))
    text = _NAMED_SECRET.sub(r"\1•••", text)
    return _LONG_RUN.sub(lambda found: found.group()[:6] + "•••", text)
