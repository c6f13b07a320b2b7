from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.numbers import format_number


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


class AddressIsBroken(DeskError):
    field = "address"
    message = _("Use small Latin letters, digits and hyphens, at most 40, beginning with a letter: help, support, service-desk.")


class AddressIsReserved(DeskError):
    field = "address"

    def __init__(self, word):
        super().__init__(_("The word “%(word)s” is needed by the product itself. Choose another one.") % {"word": f"\u2068{word}\u2069"})


class AddressIsTaken(DeskError):
    field = "address"

    def __init__(self, word):
        super().__init__(_("Another store stands at “%(word)s”. Choose another word.") % {"word": f"\u2068{word}\u2069"})


class AddressIsNeeded(DeskError):
    field = "address"
    message = _("Only the first store stands at the root of the domain. Give this one a word or a host of its own.")


class HostIsBroken(DeskError):
    field = "host"
    message = _("Write the name of a host alone, without https:// and without a path: help.shop.example.")


class HostIsTaken(DeskError):
    field = "host"

    def __init__(self, host):
        super().__init__(
            _("“%(host)s” is used already, by another store or by the product itself. Choose another host.")
            % {"host": f"\u2068{host}\u2069"}
        )


class ColourIsBroken(DeskError):
    field = "colour"
    message = _("Write the colour as # and six signs from 0 to 9 and a to f: #1f7a5c.")


class _ColourIsUnfit(DeskError):
    def __init__(self, ratio):
        super().__init__(self.message % {"ratio": f"\u2068{format_number(round(ratio, 1), decimals=1)}\u2069"})


class ColourIsNearlyWhite(_ColourIsUnfit):
    field = "colour"
    message = _(
        "This is nearly white: against the page its contrast is %(ratio)s to 1, and no hue is left when it is made readable. "
        "Choose a stronger colour."
    )


class ColourIsTooDarkToStay(_ColourIsUnfit):
    field = "keeps_light_colour"
    message = _(
        "Dark words on this colour have a contrast of %(ratio)s to 1; only a lighter colour may stay as it is, with at least 4.5. "
        "Leave this box empty, or choose a lighter colour."
    )


class LogoIsUnreadable(DeskError):
    field = "logo"
    message = _("This file cannot be opened as a picture. Send a PNG, JPEG, GIF or WebP.")


class StoreIsUnknown(DeskError):
    message = _("You cannot set this store up.")


class TooManyRules(DeskError):
    field = "value"
    message = _("There are so many rules already that each new request would take too long. Remove some first.")
