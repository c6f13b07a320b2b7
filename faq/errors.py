from django.utils.translation import gettext_lazy as _

from common.errors import Conflict, DeskError


class AddressIsTaken(Conflict):
    field = "address"
    message = _("Another page of this store has this address. Choose another word.")


class AddressIsReserved(DeskError):
    field = "address"
    message = _("The portal keeps this word for itself. Choose another one.")


class NotAPicture(DeskError):
    field = "picture"
    message = _("This is not a picture we can show. Choose a JPEG, PNG, GIF or WebP file.")
