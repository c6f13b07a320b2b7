"""A delivery as a mail: two parts, one recipient, a Message-ID that never changes, threaded by ticket."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

from common.text import clean_line
from notifications.choices import Reason
from notifications.mail_account import account_for, server_name
from notifications.mail_pool import connection_of
from notifications.outcomes import PermanentFailure
from notifications.rendering import mail_of


def send(delivery):
    """Send it through the store's server. Raises TemporaryFailure or PermanentFailure.

    Returns the name a provider gave it; a plain mail server knows it by its Message-ID.
    """
    account = account_for(delivery.store)
    delivery.through = server_name(account)
    mail = build(delivery, account)
    with connection_of(account) as connection:
        connection.send(mail)
    return ""


def build(delivery, account=None):
    """The mail, ready to leave. Raises PermanentFailure when there is no one address to send it to."""
    try:
        validate_email(delivery.address)
    except ValidationError as error:
        raise PermanentFailure(Reason.BAD_ADDRESS, delivery.address) from error
    subject, text, html = mail_of(delivery)
    mail = EmailMultiAlternatives(
        subject=subject, body=text, from_email=sender_of(delivery, account), to=[delivery.address], headers=headers_of(delivery)
    )
    mail.attach_alternative(html, "text/html")
    return mail


def sender_of(delivery, account=None):
    """The store's own sender where it has one, else that of the mail server, named in the reader's language."""
    return sender_in(delivery.store, delivery.language, account)


def sender_in(store, language, account=None):
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    address = account.sender if account else address
    if store:
        own = store.sender_name if str(store.sender_name) else store.name
        name = clean_line(own.localize(language), 120)
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
