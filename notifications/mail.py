"""A delivery as a mail: two parts, one recipient, a Message-ID that never changes, threaded by ticket."""

import re
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from common.text import clean_line
from notifications import addresses, unsubscribing
from notifications.bounces.envelopes import envelope_of, token_of
from notifications.choices import Reason
from notifications.mail_account import account_for, server_name
from notifications.mail_headers import headers_of
from notifications.mail_pool import connection_of
from notifications.mail_providers import headers_for, provider_id_of
from notifications.mail_threads import CONVERSATION, continued, thread_of
from notifications.models import Delivery
from notifications.outcomes import PermanentFailure
from notifications.rendering import mail_of

# The enhanced code for an address that is nobody's. Without it a refusal may as well mean that our server does not relay.
_NOBODY_THERE = re.compile(r"\b5\.1\.(?:1|2|3|6|10)\b")


def send(delivery):
    """Send it through the store's server or provider. Raises one of the outcomes.

    Returns the name a provider gave it; a plain mail server knows it by its Message-ID.
    """
    addresses.guard_address(delivery, unsubscribing.mailing_of(delivery))
    account = account_for(delivery.store)
    delivery.through = server_name(account)
    mail = build(delivery, account)
    try:
        with connection_of(account) as connection:
            connection.send(mail)
    except PermanentFailure as failure:
        if delivery.store and failure.reason == Reason.BAD_ADDRESS and _NOBODY_THERE.search(failure.remark):
            addresses.note_bounce(delivery.address, delivery.store, failure.remark)
        raise
    return provider_id_of(mail)


def build(delivery, account=None):
    """The mail, ready to leave. Raises PermanentFailure when there is no one address to send it to."""
    try:
        validate_email(delivery.address)
    except ValidationError as error:
        raise PermanentFailure(Reason.BAD_ADDRESS, delivery.address) from error
    thread = thread_of(delivery)
    goes_on = thread.subject if delivery.template in CONVERSATION and not delivery.user_id else ""
    subject, text, html = mail_of(delivery, subject=continued(goes_on, delivery.language))
    if delivery.ticket and not delivery.user_id:
        _keep_subject(delivery, thread.subject or subject)
    sender = sender_of(delivery, account)
    mail = EmailMultiAlternatives(
        subject=subject, body=text, from_email=sender, to=[delivery.address], reply_to=_reply_to(delivery.store),
        headers=headers_of(delivery, thread),
    )  # fmt: skip
    mail.attach_alternative(html, "text/html")
    address_envelope(mail, delivery, account)
    return mail


def _keep_subject(delivery, subject):
    """With which subject the conversation began, for the mails that follow."""
    delivery.thread_subject = subject[:300]
    Delivery.objects.filter(pk=delivery.pk).exclude(thread_subject=delivery.thread_subject).update(thread_subject=delivery.thread_subject)


def _reply_to(store):
    return [store.reply_to] if store and store.reply_to else None


def address_envelope(mail, delivery, account):
    """Where it comes back to, when nobody is there. A provider has ways of its own, and is told which message it is instead."""
    if account and not account.is_smtp:
        mail.metadata = {"message": token_of(delivery.pk)}
        mail.extra_headers |= headers_for(account, delivery.message_id)
        return
    envelope = envelope_of(delivery)
    if envelope:
        # Django takes the one for the envelope and the other for the header.
        mail.extra_headers["From"], mail.from_email = mail.from_email, envelope


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
