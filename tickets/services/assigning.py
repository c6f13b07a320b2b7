"""Finding the person who gets a ticket: each department's own way.

Two queries whatever the number of tickets and members: who may get it, and who had the last turn. Where turns or loads decide,
the department's turn is locked until the ticket is given, so that tickets arriving at once do not all go to the same person.
"""

import secrets
from collections import Counter

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
    chosen = WAYS[way](candidates, turn.last_id)
    AssignmentTurn.objects.filter(pk=turn.pk).update(last=chosen)
    return chosen


class Outlook:
    """Whom a department would give tickets to, one after the other, without giving any: turns and loads as they would come to be."""

    def __init__(self):
        self._last, self._more = {}, Counter()

    def foresee(self, ticket, department):
        """(who would get it as choose_assignee decides, whether that is certain). Chance alone cannot be foreseen: (None, False)."""
        way = department.assignment
        if way in {Assignment.MANUAL, Assignment.RESPONSIBLE}:
            return choose_assignee(ticket, department), True
        candidates = [person for person in _candidates(ticket, department, limited=False) if self._has_room(person, department)]
        if way == Assignment.RANDOM and len(candidates) > 1:
            return None, False
        if not candidates:
            return None, True
        if department.pk not in self._last:
            self._last[department.pk] = AssignmentTurn.objects.filter(department=department).values_list("last", flat=True).first()
        return WAYS[way](candidates, self._last[department.pk]), True

    def _has_room(self, person, department):
        person.load += self._more[person.pk]
        return department.most_open is None or person.load < department.most_open

    def went(self, ticket, *, to, department, by_turn, closes):
        """The ticket would be with this person then (or nobody): who comes next is told by it."""
        if ticket.assignee_id and not ticket.is_closed:
            self._more[ticket.assignee_id] -= 1
        if to is not None and not closes:
            self._more[to.pk] += 1
        if by_turn and to is not None:
            self._last[department.pk] = to.pk


def _turn(department):
    turn, _is_new = AssignmentTurn.objects.get_or_create(department=department)
    return AssignmentTurn.objects.select_for_update().get(pk=turn.pk)


def _candidates(ticket, department, *, limited=True):
    """Who takes part, with `load`: the open tickets they have, but for those asleep, in all departments. In the order of their turns.

    `limited`: without those who have as many as the department allows.
    """
    people = get_user_model().objects.filter(pk__in=people_who_see(ticket).order_by().values("pk"))
    people = people.filter(Q(pk__in=department.members.values("pk")) | Q(groups__in=department.teams.values("pk"))).distinct()
    if department.only_present:
        people = people.present()
    theirs = Ticket.objects.filter(assignee=OuterRef("pk"), closed_at=None, deleted_at=None, snoozed_until=None).order_by()
    counted = theirs.values("assignee").annotate(number=Count("pk")).values("number")
    people = people.annotate(load=Coalesce(Subquery(counted), Value(0)))
    if limited and department.most_open is not None:
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


WAYS = {Assignment.RANDOM: _random, Assignment.BALANCED: _balanced, Assignment.ROUND_ROBIN: _in_turn}
