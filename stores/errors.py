from django.utils.translation import gettext_lazy as _

from common.errors import DeskError


class KeysAreMissing(DeskError):
    field = "captcha"
    message = _("Google’s captcha needs both of its keys.")


class LanguageIsNotOffered(DeskError):
    field = "language"
    message = _("The first language must be one of those you offer.")
