"""What an installation without servers has “sent”: the files of MAIL_FOLDER and SMS_FOLDER, read with care."""

import email
import email.policy
import heapq
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings

from common.text import clean_line, clean_text
from notifications.choices import Channel

MOST_BYTES = 500_000


@dataclass(frozen=True)
class Sent:
    channel: str
    to: str
    subject: str
    text: str
    at: datetime

    @property
    def is_mail(self):
        return self.channel == Channel.MAIL


def recent(limit=50):
    """The newest mails and SMS together, newest first. A file that cannot be read is left out."""
    mails = [(path, _read_mail) for path in _newest(settings.MAIL_FOLDER, ".eml", limit)]
    texts = [(path, _read_sms) for path in _newest(settings.SMS_FOLDER, ".txt", limit)]
    newest = sorted(mails + texts, key=lambda pair: pair[0].name, reverse=True)[:limit]
    return [sent for sent in (_read(path, reader) for path, reader in newest) if sent]


def is_in_use():
    """Whether anything goes to the folders, so that the page is worth showing."""
    return settings.EMAIL_BACKEND.startswith("notifications.") or settings.SMS_GATEWAY == "folder"


def _newest(folder, suffix, limit):
    try:
        return heapq.nlargest(limit, (path for path in Path(folder).iterdir() if path.suffix == suffix), key=lambda path: path.name)
    except OSError:
        return []


def _read(path, reader):
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES)
        at = datetime.fromtimestamp(int(path.name.partition("-")[0]) / 1e9, UTC)
        return reader(content, at)
    except (OSError, ValueError, LookupError, RecursionError, OverflowError):
        return None


def _read_mail(content, at):
    mail = email.message_from_bytes(content, policy=email.policy.default)
    part = mail.get_body(preferencelist=("plain",))
    text = part.get_content() if part else ""
    return Sent(Channel.MAIL, parseaddr(str(mail["To"] or ""))[1], clean_line(mail["Subject"], 300), clean_text(text), at)


def _read_sms(content, at):
    head, _blank, text = content.decode("utf-8", "replace").partition("\n\n")
    to = head.removeprefix("To: ").splitlines()[0] if head else ""
    return Sent(Channel.SMS, clean_line(to, 40), "", clean_text(text), at)
