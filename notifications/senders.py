"""The mail server of a store: what is set up, changing it, and trying it out. The pages and the first-run guide stand on this."""

import logging
from dataclasses import dataclass
from secrets import token_urlsafe

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.choices import Deed
from audit.log import differences, note
from common import guarded
from common.errors import DeskError
from common.limits import limit_or_refuse
from notifications import mail_providers
from notifications.choices import MailWay, Reason
from notifications.mail import sender_in
from notifications.mail_account import PORTS, account_for, server_name
from notifications.mail_server import MailConnection
from notifications.models import MailAccount
from notifications.outcomes import NotSent

log = logging.getLogger(__name__)

OWN, INHERITED, ENVIRONMENT, FOLDER = "own", "inherited", "environment", "folder"
TESTS, TESTS_SECONDS = 5, 600
MAIL_FACTS = ("way", "host", "port", "security", "user", "domain", "in_europe", "sender")
#: Another one of these is another server, and gets no password that was typed for the first.
_WHOSE = ("way", "host", "port", "user", "security", "domain", "in_europe")


class HostRefused(DeskError):
    field = "host"
    message = gettext_lazy("This server cannot be used. Write the name and the usual port of a mail server on the internet.")


class ProviderNotInstalled(DeskError):
    field = "way"
    message = gettext_lazy("This way needs a package that is not installed. Ask whoever runs the help desk.")


@dataclass(frozen=True)
class SenderState:
    """`kind`: own, inherited (the default store's), environment or folder. Nothing leaves the house while it is `folder`."""

    kind: str
    words: str
    account: object = None

    @property
    def leaves(self):
        return self.kind != FOLDER


@dataclass(frozen=True)
class Outcome:
    """How a test went, in a sentence."""

    ok: bool
    words: str


def mail_state(store) -> SenderState:
    account = account_for(store)
    if account and account.store_id == store.pk:
        return SenderState(OWN, _("E-mails leave through %(server)s.") % {"server": server_name(account)}, account)
    if account:
        return SenderState(INHERITED, _("E-mails leave through the mail server of %(store)s.") % {"store": account.store}, account)
    if settings.EMAIL_BACKEND.startswith("notifications."):
        return SenderState(FOLDER, _("E-mails do not leave yet. They stand among the sent messages in the desk."))
    return SenderState(ENVIRONMENT, _("E-mails leave through the mail server that was set up with the installation."))


@transaction.atomic
def set_mail_account(store, *, by, password=None, hook_secret=None, **fields):
    """Use this mail server or provider from now on. What is not in `fields` is as in a new account.

    `password=None` keeps the stored one, but never for another server, user or kind of line; `hook_secret=None` likewise.
    Raises HostRefused for a host that is none of the internet's, or a port no mail server has, and ProviderNotInstalled.
    """
    account = MailAccount.objects.select_for_update().filter(store=store).first() or MailAccount(store=store)
    fields = {"way": MailWay.SMTP, "host": "", "user": "", "domain": "", "in_europe": False} | fields
    if fields["way"] == MailWay.SMTP:
        _guard_mail_host(fields["host"], fields["port"])
    elif not mail_providers.is_installed():
        raise ProviderNotInstalled()
    before = _facts(account, MAIL_FACTS) if account.pk else {}
    is_another = any(getattr(account, name) != fields[name] for name in _WHOSE if name in fields)
    secrets = {"password": password, "hook_secret": hook_secret}
    if is_another:
        # What there was none of need not be taken away.
        secrets = {name: "" if value is None and getattr(account, name) else value for name, value in secrets.items()}
    if fields["way"] != MailWay.SMTP and not account.hook_key:
        account.hook_key = token_urlsafe(32)
    return _save(account, fields, {name: value for name, value in secrets.items() if value is not None}, before, MAIL_FACTS, by=by)


@transaction.atomic
def forget_account(account, *, by):
    """Back to the default store's, or to that of the installation."""
    note(Deed.SETTINGS_CHANGED, by=by, on=account.store, before=_noted(_facts(account, MAIL_FACTS)), after={})
    account.delete()


def _save(account, fields, secrets, before, names, *, by):
    for name, value in {**fields, **secrets}.items():
        setattr(account, name, value)
    account.checked_at = None
    account.save()
    was, now = differences(before, _facts(account, names))
    told = {"secrets": sorted(secrets)} if secrets else {}
    if was or now or told:
        note(Deed.SETTINGS_CHANGED, by=by, on=account.store, before=_noted(was), after=_noted(now) | told)
    return account


def _facts(account, names):
    return {name: getattr(account, name) for name in names}


def _noted(facts):
    return {f"mail_{name}": value for name, value in facts.items()}


def _guard_mail_host(host, port):
    try:
        guarded.address_of(host, port, ports=PORTS)
    except guarded.HostNotAllowed as error:
        raise HostRefused() from error


def send_test_mail(store, to, *, by) -> Outcome:
    """Send one mail now and say how it went. Raises TooManyRequests after a few in ten minutes."""
    language = translation.get_language() or store.language
    subject = _("A test message from %(store)s") % {"store": store}
    text = _("When you read this, e-mails of your help desk arrive.")
    outcome = send_mail_now(store, to, subject, text, language=language, by=by)
    account = account_for(store)
    if outcome.ok and account:
        MailAccount.objects.filter(pk=account.pk).update(checked_at=timezone.now())
    return outcome


def send_mail_now(store, to, subject, text, html="", *, language, by) -> Outcome:
    guard_tests(by)
    account = account_for(store)
    mail = EmailMultiAlternatives(subject=subject, body=text, from_email=sender_in(store, language, account), to=[to])
    if html:
        mail.attach_alternative(html, "text/html")
    connection = MailConnection(account)
    try:
        connection.send(mail)
    except NotSent as failure:
        log.info("a test mail of store %s did not leave: %s", store.pk, failure)
        return Outcome(False, mail_failure(failure.reason))
    finally:
        connection.close()
    if not mail_state(store).leaves:
        return Outcome(True, _("There is no mail server yet. The message stands among the sent messages."))
    return Outcome(True, _("The message left for %(address)s. Look into the mailbox.") % {"address": to})


def guard_tests(by):
    limit_or_refuse(f"test-message:{by.pk}", TESTS, TESTS_SECONDS, _("Those were enough tests for now. Wait some minutes and try again."))


def mail_failure(reason) -> str:
    """What to look at, in a sentence. What the other side said stays in the log: it may tell of servers that are nobody's business."""
    return {
        Reason.SETUP: _(
            "The server refused the sign-in or the sender. Check the user name, the password and the address mails leave from."
        ),
        Reason.BAD_ADDRESS: _("The server does not deliver to this address. Check the address, and whether the server wants a sign-in."),
        Reason.REFUSED: _("The server refused the message."),
        Reason.BUSY: _("The server asks to come later. Try again in some minutes."),
    }.get(reason, _("The server cannot be reached. Check its name, the port and the security of the line."))
