"""Talking to the mail server: never longer than the lease allows, and telling apart “later” from “never”."""

import contextlib
import smtplib
import time

from django.conf import settings
from django.core.mail import BadHeaderError, get_connection

from common.deadlines import Deadline
from common.text import clean_line
from notifications import mail_providers
from notifications.choices import Reason
from notifications.mail_account import backend_of
from notifications.outcomes import NotSent, PermanentFailure, TemporaryFailure

MOST_SECONDS = 24


def patience():
    """(seconds for one step, seconds for the whole mail): well within the lease, and within what a worker that is told to stop is given."""
    whole = min(MOST_SECONDS, settings.DELIVERY_LEASE_SECONDS / 2)
    return min(settings.EMAIL_TIMEOUT, whole / 2), whole


class MailConnection:
    """A connection to the mail server for some mails in a row. After any trouble the next mail gets a new one.

    One that was kept open is asked first whether the server is still there: to lose it later could send the mail twice.
    """

    def __init__(self, account=None):
        self._account, self._backend = account, None

    def send(self, mail):
        step, whole = patience()
        started = time.monotonic()
        try:
            self._open(step)
            # Opening tries every address of the server; too late is better told than sent twice.
            left = whole - (time.monotonic() - started)
            if left <= 0:
                raise TimeoutError("opening took too long")
            with self._ending_after(left):
                mail.connection = self._backend
                mail.send()
        except Exception as error:
            self._break_off()
            raise classify(error) from error

    def close(self):
        backend, self._backend = self._backend, None
        if backend:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                backend.close()

    def _open(self, step):
        if self._backend is not None and not self._is_alive():
            self._break_off()
        if self._backend is None:
            backend = backend_of(self._account) if self._account else get_connection()
            if hasattr(backend, "timeout"):
                backend.timeout = step
            # Kept before opening, so that half a greeting is broken off too.
            self._backend = backend
            backend.open()

    def _is_alive(self):
        smtp = getattr(self._backend, "connection", None)
        if not isinstance(smtp, smtplib.SMTP):
            return True
        try:
            return smtp.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _break_off(self):
        """Close without the polite goodbye, for which a server that hangs would keep us waiting."""
        backend, self._backend = self._backend, None
        smtp = getattr(backend, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            with contextlib.suppress(OSError):
                smtp.close()
            backend.connection = None

    @contextlib.contextmanager
    def _ending_after(self, seconds):
        """A server that sends a byte now and then meets no timeout of single steps; this ends the whole."""
        with Deadline(seconds) as deadline:
            smtp = getattr(self._backend, "connection", None)
            if isinstance(smtp, smtplib.SMTP):
                deadline.watch(smtp.sock)
            elif hasattr(self._backend, "session"):
                mail_providers.watch(self._backend, deadline)
            yield


def classify(error):
    """The outcome behind whatever the mail library raised."""
    if isinstance(error, NotSent):
        return error
    outcome = mail_providers.outcome_of(error)
    if outcome:
        return outcome
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _by_code(code, words, never=Reason.BAD_ADDRESS)
    if isinstance(error, (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused)):
        # Ours to mend in the settings; mails wait until somebody did.
        return TemporaryFailure(Reason.SETUP, _words(error.smtp_code, error.smtp_error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return PermanentFailure(Reason.BAD_ADDRESS, _words("", str(error)))
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, error.smtp_error, never=Reason.REFUSED)
    if isinstance(error, smtplib.SMTPResponseException):
        return TemporaryFailure(Reason.UNREACHABLE, _words(error.smtp_code, error.smtp_error))
    if isinstance(error, (OSError, smtplib.SMTPException)):
        return TemporaryFailure(Reason.UNREACHABLE, _words("", str(error) or type(error).__name__))
    if isinstance(error, (BadHeaderError, UnicodeError)):
        return PermanentFailure(Reason.BROKEN, _words("", str(error)))
    return error


def _by_code(code, words, *, never):
    if 500 <= code < 600:
        return PermanentFailure(never, _words(code, words))
    return TemporaryFailure(Reason.BUSY, _words(code, words))


def _words(code, words):
    if isinstance(words, bytes):
        words = words.decode("utf-8", "replace")
    return clean_line(f"{code} {words}", 200)
