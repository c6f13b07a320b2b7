"""Looking into a mailbox by IMAP, with imap-tools: only at hosts of the internet, never longer or more than we allow, changing nothing there."""

import contextlib
import imaplib
import ssl
import threading
from datetime import UTC, datetime

from django.conf import settings
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from common import guarded

PORTS = {143, 993}
STEP_SECONDS, WHOLE_SECONDS = 15, 60
# The longest piece a server may hand us at once; it says itself how long it is.
MOST_LITERAL = 1024 * 1024

#: Whatever can go wrong between here and the mailbox.
Failures = (OSError, imaplib.IMAP4.error, ImapToolsError, ValueError, LookupError, TypeError)


class SignInRefused(Exception):
    """The server does not know this user and password."""


class _Guarded:
    def _create_socket(self, timeout):
        sock = guarded.connect(self.host, self.port, timeout, ports=PORTS)
        return self.ssl_context.wrap_socket(sock, server_hostname=self.host) if isinstance(self, imaplib.IMAP4_SSL) else sock

    def read(self, size):
        if size > MOST_LITERAL:
            raise self.abort("more than we read at once")
        return super().read(size)


class _Imap(_Guarded, imaplib.IMAP4):
    pass


class _ImapOverTls(_Guarded, imaplib.IMAP4_SSL):
    pass


class _Box(BaseMailBox):
    def __init__(self, mailbox):
        self._mailbox = mailbox
        super().__init__()

    def _get_mailbox_client(self):
        host, port = self._mailbox.host, self._mailbox.port
        if self._mailbox.tls:
            return _ImapOverTls(host, port, ssl_context=ssl.create_default_context(), timeout=STEP_SECONDS)
        client = _Imap(host, port, timeout=STEP_SECONDS)
        # A password never travels in the open, but to a server beside this one.
        if not settings.ALLOW_PRIVATE_HOSTS or "STARTTLS" in client.capabilities:
            client.starttls(ssl_context=ssl.create_default_context())
        return client


@contextlib.contextmanager
def opened(mailbox):
    """The mailbox with its folder chosen, to be read only. Raises SignInRefused or one of Failures."""
    box = _Box(mailbox)
    timer = threading.Timer(WHOLE_SECONDS, _shut, [box.client])
    timer.daemon = True
    timer.start()
    try:
        try:
            box.login(mailbox.user, mailbox.password, initial_folder=None)
        except (imaplib.IMAP4.abort, OSError):
            raise
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            raise SignInRefused() from error
        box.folder.set(mailbox.folder, readonly=True)
        yield box
    finally:
        timer.cancel()
        with contextlib.suppress(*Failures):
            box.client.logout()


def validity_of(box, folder):
    """What makes the UIDs of a folder comparable (UIDVALIDITY)."""
    return box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]


def uids_after(box, last, since=None):
    """The UIDs above `last`, lowest first; of mails that came on this day or later."""
    criteria = f"UID {last + 1}:*" if since is None else f"UID {last + 1}:* SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}"
    return sorted(uid for uid in map(int, box.uids(criteria, charset=None)) if uid > last)


def fetch(box, uid, most):
    """(its first bytes, when it came); (b"", None) when it is gone."""
    _ok, found = box.client.uid("fetch", str(uid), f"(INTERNALDATE BODY.PEEK[]<0.{most}>)")
    part = next((one for one in found or () if isinstance(one, tuple)), None)
    return (part[1], _came_at(part[0])) if part else (b"", None)


def _came_at(head):
    parsed = imaplib.Internaldate2tuple(head)
    return datetime(*parsed[:6]).astimezone(UTC) if parsed else None


def _shut(client):
    with contextlib.suppress(OSError):
        client.sock.shutdown(2)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
