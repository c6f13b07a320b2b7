"""The rows that tell somebody on their devices: one for each, since each has a fate of its own."""

from datetime import timedelta

from django.utils import timezone

from notifications.choices import Channel
from notifications.models import Delivery
from notifications.push.devices import devices_for

#: News that a device could not be told for so long are old; they stand in the bell, or in a mail.
USEFUL_FOR = timedelta(days=1)


def to_devices(user_id, store_id, same):
    """[Delivery] to every device of this person: at the desk, or of this store's portal. `same`: what all rows about it have in common."""
    return [
        Delivery(
            **same
            | {
                "channel": Channel.PUSH, "address": device.agent, "context": same["context"] | {"device": device.pk},
                "recipient_key": f"{same['recipient_key']}:{device.pk}", "expires_at": timezone.now() + USEFUL_FOR,
            }
        )
        for device in devices_for(user_id, store_id)
    ]  # fmt: skip
