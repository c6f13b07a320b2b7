"""What a device asks before it shows something: does it still hold, for whoever is signed in there now? Its yes is also the receipt."""

from notifications import ledger
from notifications.choices import Channel, State
from notifications.models import Delivery, PushSubscription
from notifications.outcomes import NoLongerWanted
from notifications.still_right import guard_still_right

#: The header of the service worker's question. No form and no other site can send it.
HEADER, WORD = "X-Requested-With", "push-worker"


def may_show(user, pk):
    """Whether this device may show this notice to this person. It then counts as delivered."""
    delivery = Delivery.objects.for_sending().filter(pk=pk, channel=Channel.PUSH).first()
    if delivery is None or delivery.recipient != user:
        return False
    if not PushSubscription.objects.filter(pk=delivery.context.get("device"), user=user, ended_at=None).exists():
        return False
    try:
        guard_still_right(delivery)
    except NoLongerWanted:
        return False
    ledger.report(delivery, State.DELIVERED)
    return True
