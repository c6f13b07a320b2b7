"""Refusals about customers, in words a person can act on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Conflict, DeskError
from common.moments import format_moment
from common.templatetags.formats import isolate


class CustomerIsBlocked(DeskError):
    """Said to the customer. `block`: the running one, whose words and end are told; without it (whoever only typed an address) nothing is."""

    status_code = 403
    message = gettext_lazy("Requests from this address are not taken at the moment. What you wrote is still here, but it was not sent.")

    def __init__(self, block=None):
        self.block = block
        super().__init__(told_to_customer(block) if block else None)


def told_to_customer(block):
    """What a blocked customer is told: that it is so, until when, and the words written for them."""
    if block.ends_at:
        said = _("You cannot write to us until %(moment)s.") % {"moment": isolate(format_moment(block.ends_at, "moment_full"))}
    else:
        said = _("You cannot write to us any more.")
    return f"{said} {block.words}".strip()


class EndInThePast(DeskError):
    field = "until"
    message = gettext_lazy("Choose a day that is still to come.")


class ReasonMissing(DeskError):
    field = "reason"
    message = gettext_lazy("Say why, so that colleagues understand it later.")


class AddressOfAnAccount(Conflict):
    field = "email"
    message = gettext_lazy("Somebody with an account has this address. Merge the two customers instead.")


class NoWayToReach(DeskError):
    field = "email"
    message = gettext_lazy("Give an e-mail address or a mobile number, so that the answer arrives.")


class CustomerIsGone(DeskError):
    status_code = 409
    message = gettext_lazy("This customer was merged into another one or erased meanwhile.")


class DomainWrong(DeskError):
    field = "domains"

    def __init__(self, typed):
        super().__init__(_("“%(domain)s” is no mail domain. Write it like firm.example.") % {"domain": isolate(typed)})


class DomainIsPublic(DeskError):
    field = "domains"

    def __init__(self, domain):
        words = _("Everybody can have an address at %(domain)s, so it tells nobody's organisation. Put the members in by hand.")
        super().__init__(words % {"domain": isolate(domain)})


class DomainTaken(Conflict):
    field = "domains"

    def __init__(self, domain):
        super().__init__(_("%(domain)s belongs to another organisation already.") % {"domain": isolate(domain)})


class SameCustomer(DeskError):
    message = gettext_lazy("This is the same customer. Choose another one.")


class TwoAccounts(DeskError):
    status_code = 409
    message = gettext_lazy(
        "Both have an account, and two accounts cannot become one: each would read what the other was told. "
        "Ask the person to sign in with one of them and to add the other address there."
    )


class MergedOnAlready(DeskError):
    status_code = 409
    message = gettext_lazy("The kept customer was merged on or erased meanwhile. Undo that merge first.")


class ErasureWaits(DeskError):
    status_code = 409
    message = gettext_lazy("A ticket of this customer is still open. Close it first: whoever works on it needs the data.")


class StaffAreNotErased(DeskError):
    status_code = 409
    message = gettext_lazy("This person works here. Take their account as a colleague away first.")


class NameNotTyped(DeskError):
    field = "name"
    message = gettext_lazy("Type the name exactly as it stands above, so that nobody is erased by mistake.")
