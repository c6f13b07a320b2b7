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
