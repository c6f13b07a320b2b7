"""When a colleague or a team goes: what becomes of the open tickets they had."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from departments.models import Department
from permissions.querysets import people_who_may_see
from statuses.models import Status
from tickets.models import Ticket
from tickets.services.lifecycle import assign_ticket


def open_tickets_of(who):
    """The open tickets this person, or this team, was given, the sleeping ones too."""
    whose = {"team": who} if isinstance(who, Group) else {"assignee": who}
    theirs = Ticket.objects.kept().still_open().filter(**whose).order_by()
    # Apart, because so they are indexed.
    return Ticket.objects.filter(pk__in=theirs.awake().values("pk").union(theirs.snoozed().values("pk")))


def people_who_see_all(tickets):
    """Active staff who see each of these tickets by their rights, by name: whom all of them can be given to."""
    people = get_user_model().objects.staff()
    places = list(tickets.order_by().values_list("department", "status").distinct())
    departments = Department.objects.in_bulk({department for department, _status in places})
    statuses = Status.objects.in_bulk({status for _department, status in places})
    for department, status in places:
        people = people.filter(pk__in=people_who_may_see(departments[department], statuses[status]).order_by().values("pk"))
    return people


@transaction.atomic
def hand_over(tickets, *, to, by):
    """Give each of them to a person, or back to nobody (None), with a line in its history. Returns how many. Raises CannotBeAssigned."""
    tickets = list(tickets.order_by("pk"))
    for ticket in tickets:
        assign_ticket(ticket, to=to, by=by)
    return len(tickets)
