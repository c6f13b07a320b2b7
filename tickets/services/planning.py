"""What an action would do to a ticket. Reading only: the page's sentence, the rehearsal and the doing itself all ask here.

It works on what is in hand: an action from a draft, not saved yet, is planned like a saved one, with the fields it asks for
and its messages handed in.
"""

from copy import copy
from dataclasses import dataclass, field

from django.contrib.auth.models import Group

from custom_fields.showing import asked_among
from departments.models import Department
from statuses.models import Action, ActionDeed, GivesTo, StatusKind
from tickets.access import may_be_given
from tickets.asking import CUSTOMER_DEEDS, Asking, asked_by, is_empty
from tickets.audience import teams_who_see
from tickets.errors import (
    ActionOfAnotherStatus,
    ActionRetired,
    AssigneeDoesNotSee,
    AssigneeMissing,
    DepartmentIsGone,
    DepartmentMissing,
    FieldMissing,
    FieldsMissing,
    NotForCustomers,
    NothingToSay,
    NotOfThisStore,
    ReplyTooLate,
    TargetRetired,
    TicketIsClosed,
)
from tickets.field_values import missing_for, stored_values
from tickets.holders import previous_department, previous_holder
from tickets.models import Ticket
from tickets.reopening import guard_reopening
from tickets.services.assigning import Outlook
from tickets.wording import proposed_words


@dataclass(frozen=True)
class Given:
    """What the doer gave to an action: words, files, {field: typed value}, and whom or where they chose."""

    text: str = ""
    html: str = ""
    files: tuple = ()
    values: dict = field(default_factory=dict)
    assignee: object = None
    team: Group | None = None
    department: Department | None = None


@dataclass
class ActionPlan:
    """All that the action would do to the ticket. `refusals`: why it cannot be done as it stands; doing it raises the first."""

    ticket: Ticket
    action: Action
    asks: Asking
    department: Department
    status: object
    assignee: object = None
    team: Group | None = None
    text: str = ""
    html: str = ""
    files: tuple = ()
    values: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)
    by_method: bool = False  # the department's way decides who gets it
    by_chance: bool = False  # and chance alone, so that nobody knows before
    refusals: list = field(default_factory=list)

    @property
    def refusal(self):
        return self.refusals[0] if self.refusals else None

    @property
    def moves(self):
        """Whether the ticket stands in another status afterwards. A status of a draft, not saved yet, is another one."""
        return self.status is not self.ticket.status and (self.status.pk is None or self.status.pk != self.ticket.status_id)

    @property
    def passes_on(self):
        return self.department.pk != self.ticket.department_id

    @property
    def gives(self):
        """Whether somebody else has the ticket afterwards, or nobody."""
        return (self.assignee and self.assignee.pk, self.team and self.team.pk) != (self.ticket.assignee_id, self.ticket.team_id)

    @property
    def closes(self):
        return self.status.is_closed and not self.ticket.is_closed

    @property
    def reopens(self):
        return self.ticket.is_closed and not self.status.is_closed

    @property
    def deletes(self):
        return self.action.deed == ActionDeed.DELETE

    @property
    def there(self):
        """The ticket as it would stand in its new place: not saved, for asking who sees it there."""
        ticket = copy(self.ticket)
        ticket.department, ticket.status = self.department, self.status
        ticket.assignee, ticket.team = self.assignee, self.team
        return ticket


def plan_action(ticket, action, *, by=None, by_customer=False, given=None, asked_fields=None, messages=None, outlook=None):
    """What pressing this button would do now, with what was given. Changes nothing, and raises nothing: see `refusals`.

    `by` is the doer; nobody where it is done by itself, or behind a signed link. `asked_fields`, `messages`: of an action that
    is not saved; `outlook`: what went before, where many are planned in a row.
    """
    given = given or Given()
    asks = asked_by(action, by=by, by_customer=by_customer, asked_fields=asked_fields)
    plan = ActionPlan(
        ticket, action, asks, ticket.department, ticket.status, ticket.assignee, ticket.team,
        html=given.html, files=tuple(given.files), values=dict(given.values), refusals=_state_against(ticket, action, by_customer),
    )  # fmt: skip
    _place(plan, given)
    _status(plan, by_customer)
    _holder(plan, given, by, by_customer, outlook or Outlook())
    _words(plan, given, by, by_customer)
    _values(plan, is_staff=by is not None and not by_customer)
    if not plan.deletes:
        plan.messages = list(_saved(action, "messages") if messages is None else messages)
    return plan


def _state_against(ticket, action, by_customer):
    refusals = []
    if action.status is not ticket.status and action.status_id != ticket.status_id:
        refusals.append(ActionOfAnotherStatus())
    if action.archived_at:
        refusals.append(ActionRetired())
    if by_customer and (not action.for_customers or action.deed not in CUSTOMER_DEEDS):
        refusals.append(NotForCustomers())
    return refusals


def _place(plan, given):
    """The department the ticket is in afterwards."""
    action = plan.action
    if action.deed != ActionDeed.PASS_ON:
        return
    to = action.department or given.department
    if to is None and action.gives_to == GivesTo.PREVIOUS:
        to = previous_department(plan.ticket)
    if to is None:
        plan.refusals.append(DepartmentMissing())
    elif to.is_archived:
        plan.refusals.append(DepartmentIsGone())
    elif to.pk != plan.ticket.department_id:
        if action.department is None and not to.stores.filter(pk=plan.ticket.store_id).exists():
            plan.refusals.append(NotOfThisStore())
        plan.department = to


def _status(plan, by_customer):
    """The status afterwards. Where the department's workflow does not know it, the first of the same kind there."""
    target, workflow = plan.action.target, plan.department.workflow
    if target is not None and target.archived_at:
        plan.refusals.append(TargetRetired(target))
        target = None
    status = target or plan.status
    if status.workflow_id != workflow.pk and status.workflow is not workflow:
        status = workflow.status_of_kind(status.kind, StatusKind.OPEN) or workflow.first_status() or status
    plan.status = status
    if by_customer and plan.reopens:
        try:
            guard_reopening(plan.ticket)
        except (TicketIsClosed, ReplyTooLate) as refusal:
            plan.refusals.append(refusal)


def _holder(plan, given, by, by_customer, outlook):
    """Who has the ticket afterwards. Whom the owner or the doer named must see it there; otherwise who does not see it goes without."""
    action, there, doer = plan.action, plan.there, None if by_customer else by
    named = _named(action, given, doer)
    if named is not None:
        person, team = named
        if person is not None and not may_be_given(person, there) or team is not None and team not in teams_who_see(there):
            plan.refusals.append(AssigneeDoesNotSee(person or team, there))
        else:
            plan.assignee, plan.team = person, team
        return
    gives_to = action.gives_to
    if gives_to == GivesTo.CHOICE and plan.asks.assignee:
        plan.refusals.append(AssigneeMissing())
    elif gives_to == GivesTo.NOBODY:
        plan.assignee = plan.team = None
    elif gives_to == GivesTo.PREVIOUS:
        _give(plan, previous_holder(plan.ticket, department=plan.department if plan.passes_on else None), there)
    elif gives_to == GivesTo.RESPONSIBLE:
        _give(plan, plan.department.responsible, there)
    elif gives_to == GivesTo.METHOD or plan.passes_on:
        person, is_certain = outlook.foresee(there, plan.department)
        plan.by_method, plan.by_chance = True, not is_certain
        plan.assignee, plan.team = person, None
    elif action.deed == ActionDeed.REPLY and doer and plan.assignee is None and may_be_given(doer, there):
        plan.assignee, plan.team = doer, None  # who answers a ticket that no person has takes it


def _named(action, given, doer):
    """(person, team) that the owner or the doer named; None where a rule decides."""
    if action.gives_to == GivesTo.CHOICE and doer and (given.assignee or given.team):
        return given.assignee, None if given.assignee else given.team
    if action.gives_to == GivesTo.DOER and doer:
        return doer, None
    if action.gives_to == GivesTo.PERSON and action.person:
        return action.person, None
    if action.gives_to == GivesTo.TEAM and action.team:
        return None, action.team
    return None


def _give(plan, whom, there):
    """Give it to this person or team if they see it there, else to nobody."""
    is_team = isinstance(whom, Group)
    sees = whom is not None and (whom in teams_who_see(there) if is_team else may_be_given(whom, there))
    plan.assignee, plan.team = (whom if sees and not is_team else None), (whom if sees and is_team else None)


def _words(plan, given, by, by_customer):
    """What is said. Whoever does it has seen the proposed words and may have emptied them; the clock takes them as they are."""
    if not plan.action.asks_for_words:
        return
    is_by_itself = by is None and not by_customer
    plan.text = given.text or (proposed_words(plan.action, plan.ticket) if is_by_itself and not given.html else "")
    if not (plan.text.strip() or plan.html or plan.files):
        plan.refusals.append(NothingToSay())


def _values(plan, *, is_staff):
    """Only what the action asks for is kept of what was given, and nothing that must be filled in is missing.

    What hangs on another answer counts only where it plays a part. What the new status needs is asked of staff alone.
    """
    asked = {row.field: row.is_required or row.field.is_required for row in plan.asks.fields}
    plan.values = {field: value for field, value in plan.values.items() if field in asked}
    if asked:
        known = stored_values(plan.ticket, [field.pk for field in asked])[0]
        known |= {field.pk: value for field, value in plan.values.items()}
        missing = [field for field in asked_among(list(asked), known) if asked[field] and is_empty(known.get(field.pk))]
        plan.refusals += [FieldMissing(field) for field in missing]
    if is_staff and plan.moves and plan.status.pk:
        missing = [field for field in missing_for(plan.there, plan.status, given=plan.values) if field not in asked]
        plan.refusals += [FieldsMissing(missing, plan.status)] if missing else []


def _saved(action, related):
    return getattr(action, related).all() if action.pk else ()
