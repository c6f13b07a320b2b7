"""What the bell shows: things told to this person about tickets they may still see."""

from notifications.models import Delivery


def notices_of(seer):
    return Delivery.objects.notices_of(seer)


def unread_notices(seer):
    return notices_of(seer).unread()
