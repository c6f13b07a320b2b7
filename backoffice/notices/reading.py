"""What the bell shows: things told to this person about tickets they may still see."""

from notifications.models import Delivery


def notices_of(user):
    return Delivery.objects.notices_of(user)


def unread_notices(user):
    return notices_of(user).unread()
