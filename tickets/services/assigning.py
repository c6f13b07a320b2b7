"""Finding the person who gets a ticket: each department's own way.

Two queries whatever the number of tickets and members: who may get it, and who had the last turn. Where turns or loads decide,
the department's turn is locked until the ticket is given, so that tickets arriving at once do not all go to the same person.
"""

import secrets

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from departments.models import Assignment, AssignmentTurn
from tickets.access import may_be_given
from tickets.audience import people_who_see
from tickets.models import Ticket


def choose_assignee(ticket, department=None):
    """Who gets the ticket by the way of its department; None for nobody: by hand, nobody there, everybody away or full.

    Only members, and members of its teams, take part, and of them only those who see the ticket. The responsible person gets
    theirs even while away: they are responsible. Call it inside the transaction that gives the ticket.
    """
    department = department or ticket.department
    way = department.assignment
    if way == Assignment.MANUAL:
        return None
    if way == Assignment.RESPONSIBLE:
        responsible = department.responsible
        return responsible if responsible and responsible.is_active and may_be_given(responsible, ticket) else None
    turn = _turn(department)
    candidates = list(_candidates(ticket, department))
    if not candidates:
        return None
    chosen = {Assignment.RANDOM: _random, Assignment.BALANCED: _balanced, Assignment.ROUND_ROBIN: _in_turn}[way](candidates, turn.last_id)
    AssignmentTurn.objects.filter(pk=turn.pk).update(last=chosen)
    return chosen


def _turn(department):
    turn, _is_new = AssignmentTurn.objects.get_or_create(department=department)
    return AssignmentTurn.objects.select_for_update().get(pk=turn.pk)


def _candidates(ticket, department):
    """Who takes part, with `load`: the open tickets they have in all departments. In the order of their turns."""
    people = get_user_model().objects.filter(pk__in=people_who_see(ticket).order_by().values("pk"))
    people = people.filter(Q(pk__in=department.members.values("pk")) | Q(groups__in=department.teams.values("pk"))).distinct()
    if department.only_present:
        people = people.present()
    theirs = Ticket.objects.filter(assignee=OuterRef("pk"), closed_at=None, deleted_at=None).order_by()
    counted = theirs.values("assignee").annotate(number=Count("pk")).values("number")
    people = people.annotate(load=Coalesce(Subquery(counted), Value(0)))
    if department.most_open is not None:
        people = people.filter(load__lt=department.most_open)
    return people.order_by("pk")


def _random(candidates, last):
    return secrets.choice(candidates)


def _in_turn(candidates, last):
    """The next one after whoever was last, whether or not they are still among the candidates."""
    return next((person for person in candidates if last is not None and person.pk > last), candidates[0])


def _balanced(candidates, last):
    """Of those with the fewest open tickets the next in turn."""
    fewest = min(person.load for person in candidates)
    return _in_turn([person for person in candidates if person.load == fewest], last)
