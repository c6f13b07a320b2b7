"""Who hears of an event: of those who see its ticket the ones it concerns, and the ones who watch. By one prepared query for all of them."""

from collections import namedtuple

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from common.prepared import Prepared
from departments.models import Department
from permissions.querysets import people_with
from permissions.rights import DepartmentRight
from statuses.models import Status, Workflow
from tickets.audience import people_who_see
from tickets.models import Ticket, Watch

#: Of a member of staff, what telling them needs.
HEARER = ("pk", "email", "phone", "language", "time_zone")
Hearer = namedtuple("Hearer", [*HEARER, "is_concerned", "is_watching", "is_responsible"], defaults=(True, False, False))


def hearers_of(ticket, *, person=None, team=None, department=None, responsible=None):
    """[Hearer] of everybody who sees the ticket and watches it, is `responsible`, or whom it concerns: this person, this team, the people
    of this department (ids). The people of a department are its members; where no members are named, everybody who may answer there."""
    if ticket.is_deleted:
        return []
    place = {"ticket": ticket.pk, "department": ticket.department_id, "status": ticket.status_id, "workflow": ticket.status.workflow_id}
    return [Hearer(*row) for row in _hearing(**place, person=person or 0, team=team or 0, home=department or 0, also=responsible or 0)]


@Prepared
def _hearing(ticket, department, status, workflow, person, team, home, also):
    User, Member = get_user_model(), Department.members.through
    seen = Ticket(pk=ticket, department=Department(pk=department), status=Status(pk=status, workflow=Workflow(pk=workflow)))
    members = Member.objects.filter(department=home)
    named = members.filter(user__is_active=True, user__is_staff=True)
    answering = people_with(DepartmentRight.REPLY, Department(pk=home)).order_by().values("pk")
    concerned = (
        Q(pk=person)
        | Exists(User.groups.through.objects.filter(group=team, user=OuterRef("pk")))
        | Exists(members.filter(user=OuterRef("pk")))
        | Q(~Exists(named), pk__in=answering)
    )
    watching = Exists(Watch.objects.filter(ticket=ticket, user=OuterRef("pk")))
    responsible = _as_flag(Q(pk=also))
    people = people_who_see(seen).annotate(is_concerned=_as_flag(concerned), is_watching=watching, is_responsible=responsible)
    people = people.filter(Q(is_concerned=True) | Q(is_watching=True) | Q(is_responsible=True))
    return people.order_by("pk").values_list(*Hearer._fields)


def _as_flag(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


def watcher_ids(ticket):
    """Ids of those who watch it, whether they still see it or not."""
    return {pk for (pk,) in _watchers(ticket=ticket.pk)}


@Prepared
def _watchers(ticket):
    return Watch.objects.filter(ticket=ticket).values_list("user_id")
