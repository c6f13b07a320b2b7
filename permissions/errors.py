from django.utils.translation import gettext_lazy as _

from common.errors import Conflict, DeskError


class LastGranter(Conflict):
    """Nobody would be left who gives rights in a store for good."""

    message = _("Nobody would be left who can give rights. Give this right to somebody else first.")


class ReasonTooShort(DeskError):
    field = "reason"
    message = _("Write the reason in a few words: others will read it.")


class RoleIsEmpty(DeskError):
    field = "department_rights"
    message = _("A role gives at least the right to see tickets.")


class NotOneself(DeskError):
    status_code = 403
    message = _("Nobody ends or changes their own access here. Ask somebody else who gives rights.")


class OnlySuperusers(DeskError):
    status_code = 403
    message = _("This account keeps the whole installation. Only somebody who does so too may end it.")


class HoldsRightsElsewhere(DeskError):
    status_code = 403
    message = _("There are rights in a store that is not yours. Ask somebody who gives rights there.")


class IsColleagueAlready(Conflict):
    field = "email"
    message = _("This address belongs to a colleague already. Look in the list.")


class AccessHasEnded(Conflict):
    field = "email"
    message = _("This address belongs to a colleague whose access has ended. Give it back in the list.")


class BelongsToAllStores(Conflict):
    """A customer may write to several stores: who gives rights in one of them does not decide for the others."""

    field = "email"
    message = _("A customer signs in with this address. Only who gives rights in every store can make them a colleague.")


class AccountIsDisabled(Conflict):
    field = "email"
    message = _("The account with this address was disabled. Use another address.")


class AddressesOfTwo(Conflict):
    field = "phone"
    message = _("The e-mail address and the mobile number belong to two different people. Give only one of them.")


class TeamNameTaken(Conflict):
    field = "name"
    message = _("There is a team with this name already.")


class RoleIsInUse(Conflict):
    message = _("Somebody has this role. Take it away first, then delete it.")


class RoleWasChanged(Conflict):
    message = _("Somebody else changed this role meanwhile. Look at how it is now, then decide.")


class EmergencyIsUsedUp(DeskError):
    status_code = 429
    field = "reason"
    message = _("You took emergency access three times within a day. Ask somebody who gives rights for more.")


class NothingToTake(Conflict):
    field = "department"
    message = _("You hold every right in this department already.")
