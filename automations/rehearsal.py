"""What actions would do to tickets, before they go live. Nothing is written."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from statuses.models import Action
from tickets.services.actions import plan_action
from tickets.services.assigning import Outlook


@dataclass(frozen=True)
class DraftAction:
    """An action as a draft has it, not saved, with the fields it would ask for (like ActionField) and its messages (like ActionMessage)."""

    action: Action
    asked_fields: tuple = ()
    messages: tuple = ()


def rehearse(actions, tickets, *, by=None, by_customer=False, given=None):
    """[(ticket, ActionPlan)] for each ticket that stands in an action's status, in the order of the tickets, then of the actions.

    Each action is rehearsed as if it were done to these tickets one after the other, so that turns and loads come out as they would.
    `actions`: saved ones, or DraftAction. `by`: who would do it; nobody for what is done by itself. See ActionPlan.refusals for
    what would stop one.
    """
    saved = [entry for entry in actions if isinstance(entry, Action) and entry.pk]
    prefetch_related_objects(saved, "messages__text", "asked_fields__field__shown_when")
    drafts = [entry if isinstance(entry, DraftAction) else DraftAction(entry, None, None) for entry in actions]
    runs = [(draft, Outlook()) for draft in drafts]
    return [
        (ticket, _plan(ticket, draft, outlook, by=by, by_customer=by_customer, given=given))
        for ticket in tickets
        for draft, outlook in runs
        if draft.action.status_id == ticket.status_id
    ]


def _plan(ticket, draft, outlook, **how):
    plan = plan_action(ticket, draft.action, asked_fields=draft.asked_fields, messages=draft.messages, outlook=outlook, **how)
    if not plan.refusal:
        outlook.went(ticket, to=plan.assignee, department=plan.department, by_turn=plan.by_method, closes=plan.status.is_closed)
    return plan
