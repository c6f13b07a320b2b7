"""Which browsers of whom show notices: subscribing, taking up again, ending. Reading them costs no query where somebody is told."""

from collections import namedtuple
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accounts.sessions import is_signed_in
from common import guarded
from common.errors import DeskError
from common.kept import kept
from notifications.models import PushSubscription
from notifications.push import is_offered
from notifications.push.endpoints import address_of
from notifications.push.keys import CURVE, decoded

#: So many browsers of one person in one place; one more takes the place of the one that was silent for longest.
MOST = 10
#: An ended one is kept so long for who signs in again in the same browser.
KEPT_FOR = timedelta(days=60)

Device = namedtuple("Device", "pk agent")


class DeviceRefused(DeskError):
    message = _("This browser cannot be used for notices here.")


def devices_for(user_id, store_id=None):
    """[Device] that show notices to this person: at the desk, or of this store's portal."""
    return all_devices().get((user_id, store_id), ()) if user_id is not None else ()


def all_devices():
    """{(person, store or None for the desk): [Device]}, read once however many are told."""
    return kept(("push devices",), _devices) if is_offered() else {}


def _devices():
    found = {}
    for user, store, pk, agent in PushSubscription.objects.filter(ended_at=None).values_list("user", "store", "pk", "agent").order_by("pk"):
        found.setdefault((user, store), []).append(Device(pk, agent))
    return found


def devices_of(user, store=None):
    """The rows, for the page on which the person sees and removes them. Newest first."""
    return PushSubscription.objects.filter(user=user, store=store, ended_at=None).order_by("-created_at", "-pk")


@transaction.atomic
def subscribe(user, *, store, session_key, endpoint, public_key, auth_secret, agent):
    """From now on this browser shows notices to this person, as long as they are signed in there. Twice is once.

    A browser that showed them to somebody else changes hands only when it knows the secrets of its subscription.
    Raises DeviceRefused.
    """
    _guard(endpoint, public_key, auth_secret)
    known = PushSubscription.objects.select_for_update().filter(endpoint=endpoint).first()
    if known and known.user_id != user.pk and not constant_time_compare(known.auth_secret, auth_secret):
        raise DeviceRefused()
    device = known or PushSubscription(endpoint=endpoint)
    device.user, device.store, device.session_key, device.agent = user, store, session_key, agent
    device.public_key, device.auth_secret, device.ended_at = public_key, auth_secret, None
    try:
        with transaction.atomic():
            device.save()
    except IntegrityError as error:  # two clicks, or another person with the same browser, at this very moment
        raise DeviceRefused() from error
    _make_room(user, store)
    return device


def _guard(endpoint, public_key, auth_secret):
    try:
        address_of(endpoint)
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(public_key))
        if len(endpoint) > 1000 or len(decoded(auth_secret)) != 16:
            raise DeviceRefused()
    except (guarded.HostNotAllowed, ValueError) as error:
        raise DeviceRefused() from error


def _make_room(user, store):
    theirs = PushSubscription.objects.filter(user=user, store=store).order_by(F("ended_at").desc(nulls_first=True), "-created_at", "-pk")
    PushSubscription.objects.filter(pk__in=list(theirs.values_list("pk", flat=True)[MOST:])).delete()
    PushSubscription.objects.filter(user=user, ended_at__lt=timezone.now() - KEPT_FOR).delete()


def take_up_again(user, *, endpoint, session_key):
    """Whoever signs in again in a browser of theirs is told there again. False when it is none of theirs."""
    device = PushSubscription.objects.filter(user=user, endpoint=endpoint).first()
    if device is None:
        return False
    if device.session_key != session_key or device.ended_at:
        device.session_key, device.ended_at = session_key, None
        device.save(update_fields=["session_key", "ended_at"])
    return True


@transaction.atomic
def change(user, *, store, session_key, before, endpoint, public_key, auth_secret):
    """The push service gave this browser another address: it goes on under that. False where none of theirs was meant.

    `before`: the address it had; browsers that do not say it are known by the session they are signed in with. Raises DeviceRefused.
    """
    _guard(endpoint, public_key, auth_secret)
    theirs = list(PushSubscription.objects.select_for_update().filter(user=user, store=store).order_by("-pk"))
    device = next((row for row in theirs if row.endpoint == before), None)
    device = device or next((row for row in theirs if row.session_key == session_key), None)
    if device is None:
        return False
    PushSubscription.objects.filter(endpoint=endpoint, user=user).exclude(pk=device.pk).delete()
    device.endpoint, device.public_key, device.auth_secret = endpoint, public_key, auth_secret
    device.session_key, device.ended_at = session_key, None
    try:
        with transaction.atomic():
            device.save()
    except IntegrityError as error:  # it is another person's
        raise DeviceRefused() from error
    return True


def remove(user, pk, store=None):
    """This browser shows nothing more. Whether it was one of theirs."""
    device = PushSubscription.objects.filter(user=user, store=store, pk=pk).first()
    return bool(device and device.delete())


def end(device):
    """Signed out there: nothing more is written for it until the same person signs in again."""
    PushSubscription.objects.filter(pk=device.pk, ended_at=None).update(ended_at=timezone.now())


def is_in_use(device):
    """Whether the session it was made in still lives and is still this person's: after signing out, a new password, or a closed account
    it is not."""
    return device.user.is_active and is_signed_in(device.session_key, device.user)
