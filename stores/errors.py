from django.utils.translation import gettext_lazy as _

from common.errors import DeskError


class KeysAreMissing(DeskError):
    field = "captcha"
    message = _("Google’s captcha needs both of its keys.")


class LanguageIsNotOffered(DeskError):
    field = "language"
    message = _("The first language must be one of those you offer.")


class RuleNeedsWords(DeskError):
    field = "value"
    message = _("Write a word or a phrase of at least two letters.")


class NoSender(DeskError):
    field = "value"
    message = _("Write an e-mail address, a domain such as spam.example, or a mobile number.")


class NoNetworkAddress(DeskError):
    field = "value"
    message = _("Write a network address such as 203.0.113.7, or a range such as 203.0.113.0/24.")


class HoldsEverybody(DeskError):
    field = "value"
    message = _("This range is so wide that it would hold back nearly everybody. Choose a smaller one.")


class RuleIsThereAlready(DeskError):
    field = "value"
    message = _("There is such a rule already.")
