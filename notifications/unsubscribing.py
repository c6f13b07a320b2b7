"""Stopping what belongs to no request: by a signed link, for one address, one store and one kind of mailing."""

from dataclasses import dataclass

from common.links import LinkInvalid, make_link_token, read_link_token
from notifications import addresses
from notifications.choices import Channel, Mailing, Template
from stores.addresses import lasting_url
from stores.models import Store

PURPOSE = "mailing"
# Such mails are found again after a long time; what they were stopped with then should still work.
DAYS = 730
#: Which messages are such mailings.
MAILING_OF = {Template.SURVEY: Mailing.SURVEY}


def mailing_of(delivery):
    """What its reader may stop, or None: what belongs to a request, and codes, they asked for."""
    return MAILING_OF.get(delivery.template) if delivery.channel == Channel.MAIL and not delivery.user_id else None


def link_for(delivery):
    """The address that stops it; empty for what cannot be stopped."""
    mailing = mailing_of(delivery)
    return (
        lasting_url("unsubscribing", token_for(delivery.store, delivery.address, mailing, delivery.language))
        if mailing and delivery.store
        else ""
    )


def token_for(store, address, mailing, language):
    return make_link_token(PURPOSE, [store.pk, addresses.plain(address), str(mailing), language])


@dataclass(frozen=True)
class Wish:
    """What a link says: in this store, this address wants no more of this mailing. `language`: that of the mail it stood in."""

    store: object
    address: str
    mailing: Mailing
    language: str


def wish_behind(token) -> Wish:
    """Raises LinkInvalid or LinkExpired, also when the store is gone."""
    value = read_link_token(PURPOSE, token, days=DAYS)
    store = Store.objects.filter(pk=value[0]).first() if isinstance(value, list) and len(value) == 4 else None
    if store is None or value[2] not in Mailing:
        raise LinkInvalid()
    return Wish(store, value[1], Mailing(value[2]), value[3])
