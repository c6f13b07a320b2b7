"""What belongs to several stores is seen in each of them, and changed by those who may set up all of them."""

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from custom_fields.models import ActionField, FieldPlace
from notifications.models import ActionMessage
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from statuses.models import Action
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

    def has_field(self, field):
        """What customers are known by, and what every department asks, belongs to all stores. So does what foreign actions ask for."""
        if self.all_of_them:
            return True
        stores = {store.pk for department in field.departments.all() for store in department.stores.all()}
        if field.place == FieldPlace.CUSTOMER or field.place == FieldPlace.TICKET and not stores:
            return False
        return stores <= self.ids and field.pk not in self._fields_of_others

    def has_text(self, text):
        """A text of actions belongs to the stores whose workflows send it."""
        return self.all_of_them or text.pk not in self._texts_of_others

    @cached_property
    def _fields_of_others(self):
        return set(ActionField.objects.filter(action__in=self._actions_of_others).values_list("field", flat=True))

    @cached_property
    def _texts_of_others(self):
        return set(ActionMessage.objects.filter(action__in=self._actions_of_others).values_list("text", flat=True))

    @property
    def _actions_of_others(self):
        foreign = Store.objects.exclude(pk__in=self.ids)
        return Action.objects.kept().filter(status__workflow__departments__stores__in=foreign).order_by().values("pk")


def require_own(is_own):
    if not is_own:
        raise BelongsToOthers()
