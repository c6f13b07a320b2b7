"""The rows that tell somebody on their devices: one for each, since each has a fate of its own."""

from datetime import timedelta

from django.utils import timezone

from notifications.choices import Channel
from notifications.models import Delivery

#: News that a device could not be told for so long are old; they stand in the bell, or in a mail.
USEFUL_FOR = timedelta(days=1)


def to_devices(devices, same):
    """[Delivery] to each of these devices. `same`: what all rows about it have in common."""
    return [
        Delivery(
            **same
            | {
                "channel": Channel.PUSH, "address": device.agent, "context": same["context"] | {"device": device.pk},
                "recipient_key": f"{same['recipient_key']}:{device.pk}", "expires_at": timezone.now() + USEFUL_FOR,
            }
        )
        for device in devices
    ]  # fmt: skip
