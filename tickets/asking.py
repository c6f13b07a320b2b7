"""What an action asks of its doer before it is done: words, fields, an assignee, a department. Nothing: it is done at once."""

from dataclasses import dataclass, field

from custom_fields.models import CustomerAccess
from statuses.models import ActionDeed, GivesTo

#: What customers may be given as a button: no notes among staff, and nothing that takes their request away.
CUSTOMER_DEEDS = {ActionDeed.MOVE, ActionDeed.REPLY, ActionDeed.PASS_ON}


@dataclass(frozen=True)
class Asking:
    """`fields`: rows like ActionField, in their order."""

    words: bool = False
    assignee: bool = False
    department: bool = False
    fields: list = field(default_factory=list)

    @property
    def anything(self):
        return self.words or self.assignee or self.department or bool(self.fields)


def asked_by(action, *, by=None, by_customer=False, asked_fields=None):
    """What this doer is asked. Customers fill in what is theirs to fill in; the clock is asked nothing.

    `asked_fields`: of an action that is not saved.
    """
    if by is None and not by_customer:
        return Asking()
    fields = _saved_fields(action) if asked_fields is None else list(asked_fields)
    fields = [row for row in fields if row.field.archived_at is None]
    if by_customer:
        fields = [row for row in fields if row.field.customer_access == CustomerAccess.EDITS]
        return Asking(words=action.deed == ActionDeed.REPLY, fields=fields)
    passes_on = action.deed == ActionDeed.PASS_ON and action.department_id is None and action.gives_to != GivesTo.PREVIOUS
    return Asking(action.asks_for_words, action.gives_to == GivesTo.CHOICE, passes_on, fields)


def is_asking(action, *, by_customer=False):
    """The same for a row of access.actions_of, without a query: does it ask anything, or is it done at once?"""
    if by_customer:
        return action.asks_fields or action.deed == ActionDeed.REPLY
    return action.asks_fields or asked_by(action, by=True, asked_fields=()).anything


def is_empty(value):
    """Whether nothing was filled in. “No” and zero are something."""
    return value is None or value == "" or (isinstance(value, list | tuple | set) and not value)


def _saved_fields(action):
    if not action.pk:
        return []
    rows = action.asked_fields.all()
    return list(rows if "asked_fields" in getattr(action, "_prefetched_objects_cache", {}) else rows.select_related("field__shown_when"))
