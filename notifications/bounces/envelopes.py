"""The address on the envelope, to which a mail comes back. Where the mailbox takes plus addresses it names the very message, signed:
bounces+m4711-0f3c…@shop.example. Mail servers may change case, so only small letters and digits stand in it.
"""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

from common.kept import kept
from notifications.models import BounceMailbox

_TOKEN = re.compile(r"m([0-9]{1,18})-([0-9a-f]{20})")


def mailbox_for(store):
    """The store's own bounce mailbox, else the default store's, else None."""
    found = kept(("bounce mailboxes",), _mailboxes)
    own = found.get(store.pk) if store else None
    return own or next((mailbox for mailbox in found.values() if mailbox.store.is_default), None)


def _mailboxes():
    return {
        mailbox.store_id: mailbox for mailbox in BounceMailbox.objects.select_related("store").order_by("-store__is_default", "store_id")
    }


def envelope_of(delivery):
    """The address it comes back to; empty where there is no mailbox for that, and the sender's own is used."""
    mailbox = mailbox_for(delivery.store)
    if mailbox is None:
        return ""
    if not mailbox.takes_plus:
        return mailbox.address
    name, _at, domain = mailbox.address.partition("@")
    return f"{name}+{token_of(delivery.pk)}@{domain}"


def token_of(pk):
    """What names a message to others who tell us about it. Nobody else can make one."""
    return f"m{pk}-{_mark(pk)}"


def pk_behind(text):
    """The message that an address or a provider's note names; None without one, or with a forged one."""
    found = _TOKEN.search(text.lower())
    if found and constant_time_compare(found.group(2), _mark(found.group(1))):
        return int(found.group(1))
    return None


def _mark(pk):
    return salted_hmac("notifications.envelope", str(int(pk)), algorithm="sha256").hexdigest()[:20]
