from django.utils.translation import gettext_lazy as _

from common.errors import Conflict, DeskError


class FormAddressIsTaken(DeskError):
    field = "form_address"
    message = _("Another department has its form at this address. Choose another word.")


class FormNeedsAnAddress(DeskError):
    field = "form_address"
    message = _("Write an address first: without one the form cannot be published.")


class DepartmentNeedsAStore(DeskError):
    field = "stores"
    message = _("Choose one store at least.")


class StandsInAnotherStore(DeskError):
    """Changing it would change how somebody else's store works."""

    status_code = 403
    message = _("This also belongs to a store that you may not set up, so you cannot change it. Ask somebody who may set up all of them.")


class TypesAreThereAlready(Conflict):
    message = _("There are request types already. Add what is missing one by one.")
