"""A document's statuses and actions as rows. Few queries, however many there are."""

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from automations.reading import PLAIN_OF_ACTION, PLAIN_OF_STATUS, words_of
from automations.things import Things
from custom_fields.models import ActionField
from notifications.models import ActionMessage
from statuses.models import Action, Status

STATUS_FIELDS = [*PLAIN_OF_STATUS, "name", "customer_name", "position", "archived_at", "after_customer_reply", "after_staff_reply"]
ACTION_FIELDS = [*PLAIN_OF_ACTION, "name", "text", "target", "department", "person", "team", "position", "archived_at"]
SPOKEN = {"name", "customer_name", "text"}


def write_rows(workflow, document):
    """Let the rows say what the document says; a part of publishing. Returns {key: status} of those that are in use now."""
    workflow.name = _words(document["name"])
    workflow.save(update_fields=["name"])
    statuses = _write_statuses(workflow, document)
    actions = _write_actions(statuses, document)
    _write_asked(actions, document)
    _write_messages(actions, document)
    return statuses


def _write_statuses(workflow, document):
    rows = {status.key: status for status in workflow.statuses.all()}
    kept = {status["key"] for status in document["statuses"]}
    _retire(Status, [row for key, row in rows.items() if key not in kept])
    wanted, before = {}, {row.pk: _values(row, STATUS_FIELDS) for row in rows.values()}
    for position, part in enumerate(document["statuses"]):
        row = wanted[part["key"]] = rows.get(part["key"]) or Status(workflow=workflow, key=part["key"])
        row.position, row.archived_at = position, None
        row.name, row.customer_name = _words(part["name"]), _words(part["customer_name"])
        _set_plain(row, part, PLAIN_OF_STATUS)
    Status.objects.bulk_create([row for row in wanted.values() if row.pk is None])
    for part in document["statuses"]:
        row = wanted[part["key"]]
        row.after_customer_reply = wanted.get(part["after_customer_reply"])
        row.after_staff_reply = wanted.get(part["after_staff_reply"])
    changed = [row for row in wanted.values() if before.get(row.pk) != _values(row, STATUS_FIELDS)]
    Status.objects.bulk_update(changed, STATUS_FIELDS, batch_size=50)
    return wanted


def _write_actions(statuses, document):
    """{(key of the status, key of the action): row}"""
    ids = {status.pk: key for key, status in statuses.items()}
    rows = {(ids[action.status_id], action.key): action for action in Action.objects.filter(status__in=ids)}
    parts = {
        (status["key"], action["key"]): (place, action) for status in document["statuses"] for place, action in enumerate(status["actions"])
    }
    _retire(Action, [row for key, row in rows.items() if key not in parts])
    things, wanted, before = Things(document), {}, {row.pk: _values(row, ACTION_FIELDS) for row in rows.values()}
    for (status, key), (place, part) in parts.items():
        row = wanted[status, key] = rows.get((status, key)) or Action(status=statuses[status], key=key)
        row.position, row.archived_at = place, None
        row.name, row.text = _words(part["name"]), _words(part["text"])
        row.target, row.department = statuses.get(part["target"]), things.departments.get(part["department"])
        row.person, row.team = things.person(part["person"]), things.teams.get(part["team"])
        _set_plain(row, part, PLAIN_OF_ACTION)
    changed = [row for row in wanted.values() if row.pk and before[row.pk] != _values(row, ACTION_FIELDS)]
    Action.objects.bulk_update(changed, ACTION_FIELDS, batch_size=50)
    Action.objects.bulk_create([row for row in wanted.values() if row.pk is None])
    return wanted


def _write_asked(actions, document):
    wanted = {
        (row.pk, asked["field"], asked["required"]): place
        for row, part in _with_parts(actions, document)
        for place, asked in enumerate(part["fields"])
    }
    there = ActionField.objects.filter(action__in=[row.pk for row in actions.values()]).select_related("field")
    kept = {(row.action_id, row.field.key, row.is_required): row.position for row in there}
    if wanted == kept:
        return
    there.delete()
    fields = Things(document).fields
    ActionField.objects.bulk_create(
        ActionField(action_id=action, field=fields[key], is_required=required, position=place)
        for (action, key, required), place in wanted.items()
    )


def _write_messages(actions, document):
    wanted = {
        (row.pk, *told): place
        for row, part in _with_parts(actions, document)
        for place, told in enumerate(tuple(message.values()) for message in part["messages"])
    }
    there = ActionMessage.objects.filter(action__in=[row.pk for row in actions.values()]).select_related("text")
    kept = {(row.action_id, row.text.key, row.recipient, row.address): row.position for row in there}
    if wanted == kept:
        return
    there.delete()
    texts = Things(document).texts
    ActionMessage.objects.bulk_create(
        ActionMessage(action_id=action, text=texts[key], recipient=recipient, address=address, position=place)
        for (action, key, recipient, address), place in wanted.items()
    )


def _with_parts(actions, document):
    for status in document["statuses"]:
        for part in status["actions"]:
            yield actions[status["key"], part["key"]], part


def _retire(model, rows):
    """What is in use and not kept is archived, never deleted: the history names it, and rights given on it come back with it."""
    gone = [row.pk for row in rows if row.archived_at is None]
    if gone:
        model.objects.filter(pk__in=gone).update(archived_at=timezone.now())


def _values(row, names):
    """What the row says, so that only rows that say something else are written."""
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in names}
    return values | {name: words_of(values[name]) for name in SPOKEN & values.keys()}


def _set_plain(row, part, names):
    for name in names:
        setattr(row, name, part[name])


def _words(words):
    return LazyI18nString(dict(words)) if words else ""
