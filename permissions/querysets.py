"""Where may this person do that? Each answer is a query to be nested in another one, never a list.

Being a superuser, or active staff, grants nothing: only rows do.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from departments.models import Department
from permissions.models import StoreGroupObjectPermission, StoreUserObjectPermission
from permissions.rights import DepartmentRight, StatusRight, StoreRight
from statuses.models import Status
from stores.models import Store


def _granted(model, user, codename):
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return model.objects.none()
    rows_of_person, rows_of_team = get_user_obj_perms_model(model), get_group_obj_perms_model(model)
    by_person = rows_of_person.objects.filter(user=user, permission__codename=codename).values("content_object")
    by_team = rows_of_team.objects.filter(group__user=user, permission__codename=codename).values("content_object")
    return model.objects.filter(Q(pk__in=by_person) | Q(pk__in=by_team))


def departments_where(user, right):
    """Departments in which the person, or a team of theirs, was given this right."""
    return _granted(Department, user, right)


def statuses_where(user, right):
    return _granted(Status, user, right)


def stores_where(user, right):
    return _granted(Store, user, right)


def people_with(right, department):
    """Active staff to whom this right was given in the department, themselves or through a team."""
    return (
        get_user_model()
        .objects.staff()
        .filter(
            Q(
                departmentuserobjectpermission__content_object=department,
                departmentuserobjectpermission__permission__codename=right,
            )
            | Q(
                groups__departmentgroupobjectpermission__content_object=department,
                groups__departmentgroupobjectpermission__permission__codename=right,
            )
        )
        .distinct()
    )


def people_who_may_see(department, status):
    """Active staff who see the department's tickets in this status: `visible_to`, asked from the other end."""
    to_person = Q(statususerobjectpermission__content_object=status, statususerobjectpermission__permission__codename=StatusRight.VIEW)
    to_team = Q(
        groups__statusgroupobjectpermission__content_object=status,
        groups__statusgroupobjectpermission__permission__codename=StatusRight.VIEW,
    )
    see_status = get_user_model().objects.filter(to_person | to_team).values("pk")
    return people_with(DepartmentRight.VIEW, department).filter(pk__in=see_status)


def people_who_grant():
    """Active staff who may give rights to others: whom to ask for one."""
    by_person = StoreUserObjectPermission.objects.filter(permission__codename=StoreRight.GRANT_RIGHTS).values("user")
    by_team = StoreGroupObjectPermission.objects.filter(permission__codename=StoreRight.GRANT_RIGHTS).values("group__user")
    return get_user_model().objects.staff().filter(Q(pk__in=by_person) | Q(pk__in=by_team))
