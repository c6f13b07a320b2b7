"""Where may this person do that? Each answer is a query to be nested in another one, never a list.

Being a superuser, or active staff, grants nothing: only rows do, and only until they end.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q

from departments.models import Department
from permissions.models import ROWS
from permissions.rights import FOR_ALL, DepartmentRight, StatusRight, StoreRight
from statuses.models import Action, Status, Workflow
from stores.models import Store


def _granted_ids(kind, user, codename):
    """Ids of the places of this kind on which the right was given: (to the person, to a team of theirs)."""
    rows_of_person, rows_of_team = ROWS[kind]
    return (
        rows_of_person.objects.running().filter(user=user, permission__codename=codename).values("content_object"),
        rows_of_team.objects.running().filter(group__user=user, permission__codename=codename).values("content_object"),
    )


def _granted(model, user, codename):
    if not may_hold_rights(user):
        return model.objects.none()
    by_person, by_team = _granted_ids(model._meta.model_name, user, codename)
    found = Q(pk__in=by_person) | Q(pk__in=by_team)
    if codename in FOR_ALL:
        way = "workflow__in" if model is Status else "status__workflow__in"
        for workflows in _granted_ids("workflow", user, FOR_ALL[codename]):
            found |= Q(**{way: workflows})
    return model.objects.filter(found)


def may_hold_rights(user):
    """Whether rows given to this person count: active members of staff only."""
    return user.is_authenticated and user.is_active and user.is_staff


def departments_where(user, right):
    """Departments in which the person, or a team of theirs, was given this right."""
    return _granted(Department, user, right)


def statuses_where(user, right):
    """Statuses on which the right was given, one by one or for all of their workflow."""
    return _granted(Status, user, right)


def actions_where(user, right):
    """Actions that may be performed, given one by one or for all of their workflow."""
    return _granted(Action, user, right)


def stores_where(user, right):
    return _granted(Store, user, right)


def _holders(kind, codename, place):
    """The condition that a person was given the right on this place, themselves or through a team."""
    rows_of_person, rows_of_team = (
        rows.objects.running().filter(permission__codename=codename, content_object=place) for rows in ROWS[kind]
    )
    return _given(rows_of_person, rows_of_team)


def _given(rows_of_person, rows_of_team):
    """The condition that a person has one of these rows, or is in a team with one. Without a join, so that it can be asked of few or many people."""
    members = get_user_model().groups.through.objects.filter(group__in=rows_of_team.values("group"))
    return Q(pk__in=rows_of_person.values("user")) | Q(pk__in=members.values("user"))


def _staff(*conditions):
    """Active staff for whom they hold, by name."""
    return get_user_model().objects.staff().filter(*conditions)


def people_with(right, department):
    """Active staff to whom this right was given in the department, themselves or through a team."""
    return _staff(_holders("department", right, department))


def people_who_may_see(department, status):
    """Active staff who see the department's tickets in this status: `visible_to`, asked from the other end.

    Without those with whom one ticket was shared: tickets/audience.py knows them.
    """
    in_status = _holders("status", StatusRight.VIEW, status) | _holders("workflow", FOR_ALL[StatusRight.VIEW], status.workflow_id)
    return _staff(_holders("department", DepartmentRight.VIEW, department), in_status)


def people_of_store(right, store):
    """Active staff to whom this right was given in the store, themselves or through a team."""
    return _staff(_holders("store", right, store))


def people_who_grant(store=None, *, for_good=False):
    """Active staff who were given the right to give rights to others, anywhere or in this store; `for_good`: without an end."""
    given = []
    for rows in ROWS["store"]:
        rows = rows.objects.running().filter(permission__codename=StoreRight.GRANT_RIGHTS)
        rows = rows.filter(content_object=store) if store else rows
        given.append(rows.filter(ends_at=None) if for_good else rows)
    return _staff(_given(*given))


def may_grant(user):
    """Whether the rights pages exist for this person: with the right to grant in some store, and for superusers, who have nothing else."""
    return may_hold_rights(user) and (user.is_superuser or stores_where(user, StoreRight.GRANT_RIGHTS).exists())


def stores_to_grant_in(user):
    """Stores whose rights this person gives: all for a superuser, else those with the right to grant."""
    if may_hold_rights(user) and user.is_superuser:
        return Store.objects.all()
    return stores_where(user, StoreRight.GRANT_RIGHTS)


def departments_to_grant_in(user):
    """Departments whose every store this person grants in; who owns one of two stores does not open the other one's tickets."""
    if may_hold_rights(user) and user.is_superuser:
        return Department.objects.all()
    foreign = Store.objects.exclude(pk__in=stores_to_grant_in(user).values("pk"))
    return Department.objects.filter(stores__in=stores_to_grant_in(user)).exclude(stores__in=foreign).distinct()


def workflows_to_grant_in(user):
    """Workflows that only departments follow in which this person grants, and those nobody follows yet."""
    if not may_grant(user):
        return Workflow.objects.none()
    foreign = Department.objects.exclude(pk__in=departments_to_grant_in(user).values("pk"))
    return Workflow.objects.exclude(departments__in=foreign)
