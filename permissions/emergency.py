"""Emergency access: who may take it, where, and who has it now; taking it, and ending it again."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from common.text import clean_line
from departments.models import Department
from permissions.errors import EmergencyIsUsedUp, NothingToTake, ReasonTooShort
from permissions.models import ROWS, DepartmentUserObjectPermission
from permissions.querysets import departments_to_grant_in, stores_where
from permissions.rights import RoleKey, StoreRight
from permissions.roles import standard_role
from permissions.services import Right, change_rights, rights_of_role
from statuses.models import Workflow
from stores.models import Store

SHORTEST_REASON = 8
EMERGENCY_HOURS = [1, 4, 12, 24]
EMERGENCIES_A_DAY = 3
#: What would outlive the emergency: rights given to others, or a ticket shared with somebody.
NEVER_IN_EMERGENCY = {StoreRight.GRANT_RIGHTS, StoreRight.TAKE_EMERGENCY, StoreRight.SHARE}


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


@transaction.atomic
def take_emergency(user, department, *, reason, hours, by):
    """Open a department to a person for some hours, with everything a senior may do there but to give rights. Raises ReasonTooShort.

    The door tells the other owners (notifications). It ends by itself; `end_grants` clears it away. Raises EmergencyIsUsedUp
    on the fourth within a day, and NothingToTake when the person holds all of it already.
    """
    reason = clean_line(reason, 300)
    if len(reason) < SHORTEST_REASON:
        raise ReasonTooShort()
    get_user_model().objects.select_for_update().get(pk=user.pk)  # one after the other, or a fourth slips through
    taken = AuditLine.objects.filter(deed=Deed.EMERGENCY, subject_type="user", subject_id=str(user.pk))
    if taken.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= EMERGENCIES_A_DAY:
        raise EmergencyIsUsedUp()
    ends_at = timezone.now() + timedelta(hours=hours)
    rights = [right for right in rights_of_role(standard_role(RoleKey.SENIOR), department) if right.code not in NEVER_IN_EMERGENCY]
    given = change_rights(user, give=rights, by=by, ends_at=ends_at, is_emergency=True, reason=reason)[0]
    if not any(right.on == department for right in given):
        raise NothingToTake()
    return given


@transaction.atomic
def end_emergency(user, department, *, by):
    """Close the department again before its time. What another emergency of theirs needs as well stays. Twice changes nothing."""
    others = DepartmentUserObjectPermission.objects.running().filter(user=user, is_emergency=True).exclude(content_object=department)
    kept = Department.objects.filter(pk__in=others.values("content_object"))
    places = {
        "department": Department.objects.filter(pk=department.pk),
        "workflow": Workflow.objects.filter(departments=department).exclude(departments__in=kept),
        "store": Store.objects.filter(departments=department).exclude(departments__in=kept),
    }
    take = []
    for kind, found in places.items():
        rows = ROWS[kind][0].objects.filter(user=user, is_emergency=True, content_object__in=found.values("pk"))
        take += [Right(row.permission.codename, row.content_object) for row in rows.select_related("permission", "content_object")]
    return change_rights(user, take=take, by=by)[1]
