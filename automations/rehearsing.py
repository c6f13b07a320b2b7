"""An action of a draft, as it can be rehearsed: rows that are never saved, hung onto what is in force."""

from datetime import timedelta

from i18nfield.strings import LazyI18nString

from automations.reading import PLAIN_OF_ACTION, PLAIN_OF_STATUS
from automations.rehearsal import DraftAction
from automations.things import Things
from custom_fields.models import ActionField
from notifications.models import ActionMessage
from statuses.models import Action, FiresSince, Status
from tickets.models import Ticket

MOST = 500


def draft_action(workflow, document, status, key):
    """The action of this key as the document has it; None without a status in force, where no ticket can stand yet."""
    rows = {row.key: row for row in workflow.statuses.select_related("workflow")}
    if status not in rows:
        return None
    part = next(each for each in document["statuses"] if each["key"] == status)
    part = next(each for each in part["actions"] if each["key"] == key)
    things = Things(document)
    action = Action(
        status=rows[status],
        key=key,
        name=LazyI18nString(part["name"]),
        text=LazyI18nString(part["text"]) if part["text"] else "",
        target=_target(workflow, document, rows, part["target"]),
        department=things.departments.get(part["department"]),
        person=things.person(part["person"]),
        team=things.teams.get(part["team"]),
        **{name: part[name] for name in PLAIN_OF_ACTION},
    )
    fields = tuple(
        ActionField(action=action, field=things.fields[asked["field"]], is_required=asked["required"])
        for asked in part["fields"]
        if asked["field"] in things.fields
    )
    messages = tuple(
        ActionMessage(action=action, text=things.texts[each["text"]], recipient=each["recipient"], address=each["address"])
        for each in part["messages"]
        if each["text"] in things.texts
    )
    return DraftAction(action, fields, messages)


def _target(workflow, document, rows, key):
    """The status as the draft has it: what is in force with the draft's name and kind, or one that is not there yet."""
    part = next((each for each in document["statuses"] if each["key"] == key), None)
    if part is None:
        return None
    row = rows.get(key) or Status(workflow=workflow, key=key)
    row.name, row.archived_at = LazyI18nString(part["name"]), None
    for name in PLAIN_OF_STATUS:
        setattr(row, name, part[name])
    return row


def tickets_to_rehearse(action):
    """The newest tickets that stand in the action's status, at most 500."""
    tickets = Ticket.objects.kept().unmerged().filter(status=action.status_id)
    tickets = tickets.select_related(
        "status__workflow", "department__workflow", "department__responsible", "customer", "assignee", "team", "store"
    )
    return tickets.order_by("-last_message_at", "-pk")[:MOST]


def due_at(action, ticket):
    """When the action is done by itself at this ticket, should nothing happen before."""
    since = ticket.status_since
    if action.fires_since == FiresSince.LAST_MESSAGE:
        since = max(since, ticket.last_message_at)
    return since + timedelta(hours=action.fires_after_hours)
