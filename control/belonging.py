"""What belongs to several stores is seen in each of them, and changed by those who may set up all of them."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.models import Store


class BelongsToOthers(DeskError):
    status_code = 403
    message = _("This belongs to a store as well that is not yours to set up. Whoever sets up all its stores can change it.")


class Own:
    """The stores this person may set up. `all_of_them`: whether there is no other one. One query."""

    def __init__(self, user):
        own = Exists(stores_where(user, StoreRight.CHANGE_SETTINGS).filter(pk=OuterRef("pk")))
        stores = list(Store.objects.annotate(is_own=own).order_by("-is_default", "pk"))
        self.stores = [store for store in stores if store.is_own]
        self.ids = {store.pk for store in self.stores}
        self.all_of_them = len(self.stores) == len(stores)

    def has_entry(self, entry):
        return {store.pk for store in entry.stores.all()} <= self.ids

    def has_template(self, template):
        """A prepared answer for everybody belongs to all stores there are."""
        if template.store_id:
            return template.store_id in self.ids
        if template.department_id:
            return {store.pk for store in template.department.stores.all()} <= self.ids
        return self.all_of_them


def require_own(is_own):
    if not is_own:
        raise BelongsToOthers()
