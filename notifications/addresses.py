"""What is known of an e-mail address in a store: that mails to it come back, what its person stopped. No row: it works, as far as we know.

Asked before each mail leaves. Codes at the door are the exception: who asks for one is there and waits, and may have mended the mailbox.
"""

import logging

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from notifications.about import ABOUT, DOOR
from notifications.choices import Mailing, Reason
from notifications.models import AddressState
from notifications.outcomes import NoLongerWanted

log = logging.getLogger(__name__)

_KEPT_REMARK = 200


def plain(address):
    """How an address is looked up: upper and lower case are one."""
    return address.strip().lower()


def state_of(address, store):
    """The row, or None where there is nothing to say."""
    return AddressState.objects.filter(store=store, address=plain(address)).first() if address and store else None


def states_of(addresses, stores):
    """[AddressState] of these addresses that keep a mail from leaving in these stores (ids, or a query)."""
    wanted = {plain(address) for address in addresses if address}
    return list(AddressState.objects.filter(address__in=wanted, store__in=stores).exclude(bounced_at=None)) if wanted else []


def guard_address(delivery, mailing=None):
    """Raises NoLongerWanted when nothing more should be sent there, or no more of this kind."""
    described = ABOUT.get(delivery.template)
    if described and described.readers == DOOR:
        return
    state = state_of(delivery.address, delivery.store)
    if state is None:
        return
    if state.bounced_at:
        raise NoLongerWanted(Reason.CAME_BACK, state.remark)
    if mailing and str(mailing) in state.stops:
        raise NoLongerWanted(Reason.UNSUBSCRIBED)


def note_bounce(address, store, words=""):
    """A mail came back for ever: nobody is there."""
    _change(address, store, _bounced, words)


def note_soft_bounce(address, store, words=""):
    """A mail came back, but the address may be right: the mailbox was full, or did not want this mail."""
    _change(address, store, _bounced_softly, words)


def note_complaint(address, store):
    """The person called a mail of ours unwanted: whatever belongs to no request stops."""
    _change(address, store, _complained)


def note_arrival(address, store):
    """A mail arrived, so the address works."""
    state = state_of(address, store)
    if state and (state.bounced_at or state.soft_bounces):
        _change(address, store, _works)


def stop_mailing(address, store, mailing):
    """The person wants no more of it. Stopping twice keeps the first moment."""
    _change(address, store, lambda state: state.stops.setdefault(str(mailing), timezone.now().isoformat()))


def resume_mailing(address, store, mailing):
    """The person wants it again."""
    if state_of(address, store):
        _change(address, store, lambda state: state.stops.pop(str(mailing), None))


def has_stopped(address, store, mailing):
    state = state_of(address, store)
    return bool(state and str(mailing) in state.stops)


@transaction.atomic
def declare_right(state, *, by):
    """A member of staff knows that mails arrive there: they leave again. What its person stopped stays stopped."""
    state = AddressState.objects.select_for_update().filter(pk=state.pk).first()
    if state is None or not (state.bounced_at or state.soft_bounces):
        return
    note(Deed.SETTINGS_CHANGED, by=by, on=state.store, after={"working_address": state.address})
    _works(state)
    _keep(state)


@transaction.atomic
def _change(address, store, change, *words):
    state, _made = AddressState.objects.select_for_update().get_or_create(address=plain(address)[:254], store=store)
    change(state, *words)
    _keep(state)


def _keep(state):
    """A row that says nothing more is not kept."""
    if state.bounced_at or state.soft_bounces or state.complained_at or state.stops:
        state.changed_at = timezone.now()
        state.save()
    else:
        state.delete()


def _bounced(state, words):
    state.bounced_at = state.bounced_at or timezone.now()
    state.remark = words[:_KEPT_REMARK]


def _bounced_softly(state, words):
    state.soft_bounces, state.soft_bounced_at = min(state.soft_bounces + 1, 9999), timezone.now()
    state.remark = state.remark if state.bounced_at else words[:_KEPT_REMARK]


def _complained(state):
    state.complained_at = timezone.now()
    for mailing in Mailing.values:
        state.stops.setdefault(mailing, timezone.now().isoformat())


def _works(state):
    state.bounced_at = state.soft_bounced_at = None
    state.soft_bounces, state.remark = 0, ""
