"""The mail server of an installation that has none yet: every mail becomes a file that staff can read in the back office."""

import os
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


def write_file(folder, suffix, content):
    """A whole new file or none; names sort by time. Readable by us only: there may be codes in it."""
    folder = Path(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}"
    unfinished = folder / f".{name}.part"
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    unfinished.replace(folder / f"{name}{suffix}")
    return name


class FolderBackend(BaseEmailBackend):
    """Writes each mail to settings.MAIL_FOLDER, as it would leave."""

    def send_messages(self, email_messages):
        for mail in email_messages:
            write_file(settings.MAIL_FOLDER, ".eml", mail.message().as_bytes(linesep="\r\n"))
        return len(email_messages)
