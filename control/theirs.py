"""What one owner may change where several stores stand side by side: nothing by which somebody else's store would change."""

from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.models import Store


def stores_to_set_up(user):
    """Stores whose settings this person may change."""
    return stores_where(user, StoreRight.CHANGE_SETTINGS)


def sets_up_all(user):
    """Whether there is no store that this person may not set up."""
    return not Store.objects.exclude(pk__in=stores_to_set_up(user).values("pk")).exists()


def is_theirs(user, department):
    """Whether the department stands in no store but those this person may set up."""
    return not department.stores.exclude(pk__in=stores_to_set_up(user).values("pk")).exists()
