"""The bounce mailbox of a store as its owner sets it up: which it is, changing it, and trying it out."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.choices import Deed
from audit.log import differences, note
from common import guarded
from common.errors import DeskError
from notifications.models import BounceMailbox

log = logging.getLogger(__name__)

FACTS = ("address", "takes_plus", "host", "port", "tls", "user", "folder")
#: Another one of these is another mailbox: it gets no password of the first, and is read from its beginning.
WHOSE = ("host", "port", "tls", "user", "folder")
PORTS = {143, 993}


class BounceHostRefused(DeskError):
    field = "host"
    message = gettext_lazy("This server cannot be used. Write the name and the usual port (993) of a mail server on the internet.")


@dataclass(frozen=True)
class Tried:
    ok: bool
    words: str


@transaction.atomic
def set_mailbox(store, *, by, password=None, **fields):
    """Let mails come back to this mailbox from now on. `password=None` keeps the stored one, but never for another mailbox.

    Raises BounceHostRefused.
    """
    mailbox = BounceMailbox.objects.select_for_update().filter(store=store).first() or BounceMailbox(store=store)
    try:
        guarded.address_of(fields["host"], fields["port"], ports=PORTS)
    except guarded.HostNotAllowed as error:
        raise BounceHostRefused() from error
    before = _facts(mailbox) if mailbox.pk else {}
    if any(getattr(mailbox, name) != fields[name] for name in WHOSE):
        password = password or ""
        mailbox.uid_validity, mailbox.last_uid, mailbox.read_at, mailbox.failing_since = None, 0, None, None
    for name, value in fields.items():
        setattr(mailbox, name, value)
    if password is not None:
        mailbox.password = password
    mailbox.save()
    was, now = differences(before, _facts(mailbox))
    now |= {"secrets": ["password"]} if password else {}
    if was or now:
        note(Deed.SETTINGS_CHANGED, by=by, on=store, before=_named(was), after=_named(now))
    return mailbox


@transaction.atomic
def forget_mailbox(mailbox, *, by):
    """Mails come back to their sender again."""
    note(Deed.SETTINGS_CHANGED, by=by, on=mailbox.store, before=_named(_facts(mailbox)), after={})
    mailbox.delete()


def try_mailbox(mailbox) -> Tried:
    """Sign in and look, and say how it went. What the other side said stays in the log."""
    from notifications.bounces import imap  # it brings a library that few need

    try:
        with imap.opened(mailbox) as box:
            imap.validity_of(box, mailbox.folder)
    except imap.SignInRefused:
        return Tried(False, _("The server refused the sign-in. Check the user name and the password."))
    except imap.Failures as error:
        log.info("the bounce mailbox of store %s cannot be opened: %s", mailbox.store_id, type(error).__name__)
        return Tried(False, _("The mailbox cannot be opened. Check the server, the port, the security of the line and the folder."))
    return Tried(True, _("The mailbox opens. What comes back to it is read every few minutes."))


def _facts(mailbox):
    return {name: getattr(mailbox, name) for name in FACTS}


def _named(facts):
    return {name if name == "secrets" else f"bounces_{name}": value for name, value in facts.items()}
