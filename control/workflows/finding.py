"""Which workflows an owner changes: those that only departments of their stores follow, and those nobody follows yet.

Whoever owns one of two stores does not change how the other one works.
"""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from departments.models import Department
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from statuses.models import Workflow
from stores.models import Store


def workflows_to_change(user):
    mine = stores_where(user, StoreRight.CHANGE_SETTINGS)
    foreign = Store.objects.exclude(pk__in=mine.values("pk"))
    return Workflow.objects.exclude(departments__in=Department.objects.filter(stores__in=foreign))


def workflows_shared(user):
    """Those followed by the user's departments and by others as well: seen in the list, changed by whoever owns all of these stores."""
    mine = stores_where(user, StoreRight.CHANGE_SETTINGS)
    followed = Workflow.objects.filter(departments__in=Department.objects.filter(stores__in=mine))
    return followed.exclude(pk__in=workflows_to_change(user).values("pk")).distinct()


def workflows_to_follow(user):
    """What a department of theirs may follow: a foreign workflow could not be changed by its own owners any more."""
    known = [workflows_to_change(user).values("pk"), workflows_shared(user).values("pk")]
    return Workflow.objects.kept().filter(Q(pk__in=known[0]) | Q(pk__in=known[1])).order_by("pk")


def departments_to_name(user):
    """Departments an action may pass to: of the stores this person sets up."""
    mine = stores_where(user, StoreRight.CHANGE_SETTINGS)
    return Department.objects.active().filter(stores__in=mine).distinct()


def found_workflow(request, pk):
    return get_object_or_404(workflows_to_change(request.user), pk=pk)


def found_or_404(thing):
    if thing is None:
        raise Http404
    return thing
