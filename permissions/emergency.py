"""Emergency access: who may take it, where, and who has it now. Taking and ending it are permissions.services."""

from django.db.models import Q

from departments.models import Department
from permissions.models import DepartmentUserObjectPermission
from permissions.querysets import departments_to_grant_in, stores_where
from permissions.rights import StoreRight
from stores.models import Store


def stores_in_emergency(user):
    """Stores in which this person may take emergency access: with the right to it, or to give rights."""
    stores = [stores_where(user, right).values("pk") for right in (StoreRight.TAKE_EMERGENCY, StoreRight.GRANT_RIGHTS)]
    return Store.objects.filter(Q(pk__in=stores[0]) | Q(pk__in=stores[1]))


def departments_in_emergency(user):
    """Departments that lie wholly in those stores, and whose workflow no other department follows: statuses are opened with it."""
    stores = set(stores_in_emergency(user).values_list("pk", flat=True))
    beyond = Department.objects.filter(stores__in=Store.objects.exclude(pk__in=stores))
    own = Department.objects.active().filter(stores__in=stores)
    return own.exclude(workflow__in=beyond.values("workflow")).distinct()


def running_emergencies(*, user=None, seen_by=None):
    """Rows of departments under emergency access: this person's, or one's own and all where `seen_by` gives rights.

    What ends first comes first. There is one row for each right that was missing before.
    """
    rows = DepartmentUserObjectPermission.objects.running().filter(is_emergency=True)
    if user:
        rows = rows.filter(user=user)
    if seen_by:
        rows = rows.filter(Q(user=seen_by) | Q(content_object__in=departments_to_grant_in(seen_by).values("pk")))
    return rows.select_related("user", "content_object").order_by("ends_at", "pk")


def may_end_emergency(user, person, department):
    """One's own, while it runs or where one may take it again; a colleague's, where one gives rights. To others the department says nothing."""
    if departments_to_grant_in(user).filter(pk=department.pk).exists():
        return True
    running = running_emergencies(user=user).filter(content_object=department)
    return user.pk == person.pk and (running.exists() or departments_in_emergency(user).filter(pk=department.pk).exists())
