"""Giving a store's portal another address. The old one stops at once; signed links of messages lead on."""

import re

from django.conf import settings
from django.db import IntegrityError, transaction

from audit.choices import Deed
from audit.log import note
from stores.addresses import is_reserved, place_of
from stores.errors import AddressIsBroken, AddressIsNeeded, AddressIsReserved, AddressIsTaken, HostIsBroken, HostIsTaken
from stores.hosts import HostsOfStores
from stores.models import Store

_WORD = re.compile(r"[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?\Z")
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})\Z")


@transaction.atomic
def move_portal(store, *, address="", host="", by):
    """Let the portal stand under this word of the domain, or at this host, or (both empty) at the root.

    Raises why it cannot stand there. Moving it to where it stands changes nothing.
    """
    store = Store.objects.select_for_update().get(pk=store.pk)
    address, host = clean_word(address), clean_host(host)
    _guard(store, address, host)
    if (store.address, store.host) == (address, host):
        return store
    before = {"address": store.address, "host": store.host}
    store.address, store.host = address, host
    try:
        with transaction.atomic():
            store.save(update_fields=["address", "host"])
    except IntegrityError as error:  # somebody else took it in the same moment
        raise (HostIsTaken(host) if host else AddressIsTaken(address)) from error
    note(Deed.SETTINGS_CHANGED, by=by, on=store, before=before, after={"address": address, "host": host})
    return store


def clean_word(text):
    """The word as it stands in addresses. Raises AddressIsBroken or AddressIsReserved."""
    word = (text or "").strip().strip("/").lower()
    if word and not _WORD.match(word):
        raise AddressIsReserved(word) if is_reserved(word) else AddressIsBroken()
    if is_reserved(word):
        raise AddressIsReserved(word)
    return word


def clean_host(text):
    """The host as browsers send it: small letters, names in other scripts in their ASCII form. Raises HostIsBroken."""
    host = (text or "").strip().rstrip(".").lower()
    try:
        host = host.encode("idna").decode() if host and not host.isascii() else host
    except UnicodeError as error:
        raise HostIsBroken() from error
    if host and not _HOST.match(host):
        raise HostIsBroken()
    return host


def _guard(store, address, host):
    others = Store.objects.exclude(pk=store.pk)
    if address and any(place_of(other).word == address for other in others):
        raise AddressIsTaken(address)
    if host and (host in _hosts_of_the_product() or others.filter(host=host).exists()):
        raise HostIsTaken(host)
    if not address and not host and not store.is_default:
        raise AddressIsNeeded()


def guard_place(store):
    """Raises why this store, not saved yet, cannot stand where it says."""
    if clean_word(store.address) != store.address:
        raise AddressIsBroken()
    if clean_host(store.host) != store.host:
        raise HostIsBroken()
    if store.host or store.address:
        _guard(store, store.address, store.host)
    elif not store.is_default:  # it stands under its key
        word = clean_word(store.key)
        if any(place_of(other).word == word for other in Store.objects.exclude(pk=store.pk)):
            raise AddressIsTaken(word)


def _hosts_of_the_product():
    return [host.lower() for host in settings.ALLOWED_HOSTS if not isinstance(host, HostsOfStores)]
