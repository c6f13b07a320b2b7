"""Who had a ticket before, and where: what its history says of hand-overs. For giving it back."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from departments.models import Department
from tickets.choices import Kind

# How far back a hand-over is looked for.
_EVENTS = 100


def previous_department(ticket):
    """The department that passed the ticket to the present one; None where nobody did, or where it takes tickets no more."""
    for event in _hand_overs(ticket, Kind.PASSED_ON):
        if event.details.get("after") == ticket.department_id:
            return Department.objects.active().select_related("workflow").filter(pk=event.details.get("before")).first()
    return None


def previous_holder(ticket, *, department=None):
    """The person or team who had the ticket before the present one; of a department: who had it when it left there. None where nobody did."""
    for event in _hand_overs(ticket, Kind.ASSIGNED, Kind.PASSED_ON):
        details, was_passed_on = event.details, event.kind == Kind.PASSED_ON
        if department is not None and not (was_passed_on and details.get("before") == department.pk):
            continue
        person = details.get("before_assignee") if was_passed_on else details.get("before")
        team = details.get("before_team")
        if (person or team) and (person, team) != (ticket.assignee_id, ticket.team_id):
            return Group.objects.filter(pk=team).first() if team else get_user_model().objects.filter(pk=person).first()
    return None


def _hand_overs(ticket, *kinds):
    return ticket.events.filter(kind__in=kinds).order_by("-created_at", "-pk")[:_EVENTS]
