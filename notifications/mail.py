"""A delivery as a mail: two parts, one recipient, a Message-ID that never changes, threaded by ticket."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

from common.text import clean_line
from notifications.choices import Reason
from notifications.mail_server import MailConnection
from notifications.outcomes import PermanentFailure
from notifications.rendering import mail_of


class MailSender:
    """Sends mails over one connection that is opened when the first one leaves."""

    def __init__(self):
        self._connection = MailConnection()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()

    def send(self, delivery):
        """Raises TemporaryFailure or PermanentFailure. Returns the Message-ID, by which mail servers know it."""
        self._connection.send(build(delivery))
        return ""


def build(delivery):
    """The mail, ready to leave. Raises PermanentFailure when there is no one address to send it to."""
    try:
        validate_email(delivery.address)
    except ValidationError as error:
        raise PermanentFailure(Reason.BAD_ADDRESS, delivery.address) from error
    subject, text, html = mail_of(delivery)
    mail = EmailMultiAlternatives(
        subject=subject, body=text, from_email=sender_of(delivery), to=[delivery.address], headers=headers_of(delivery)
    )
    mail.attach_alternative(html, "text/html")
    return mail


def sender_of(delivery):
    """The store's own sender where it has one, named in the reader's language."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    store = delivery.store
    if store:
        own = store.sender_name if str(store.sender_name) else store.name
        name = clean_line(own.localize(delivery.language), 120)
        address = store.sender_email or address
    return formataddr((name, address))


def headers_of(delivery):
    headers = {
        "Message-ID": delivery.message_id,
        # Tells autoresponders, ours among them, not to answer.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if delivery.ticket:
        headers["In-Reply-To"] = headers["References"] = thread_id(delivery.ticket)
    return headers


def thread_id(ticket):
    """What all mails about a ticket refer to, so that they stand together. Not to be guessed from the number."""
    mark = salted_hmac("notifications.thread", ticket.number).hexdigest()[:20]
    return f"<ticket.{ticket.number}.{mark}@{settings.MESSAGE_ID_HOST}>"
