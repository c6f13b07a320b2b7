"""A workflow's rows as a document."""

from accounts.choices import Language
from automations import shape
from statuses.models import Action


def read_workflow(workflow):
    """The document of what is in force: its statuses in their order, each with its actions. Five queries, however many there are.

    Things outside are named by what lasts: a department, field or text by its key, a team by its name, a person by the address.
    """
    statuses = list(workflow.statuses.kept().order_by("position", "pk"))
    keys = {status.pk: status.key for status in statuses}
    actions = {}
    found = Action.objects.kept().filter(status__in=keys).select_related("department", "person", "team").order_by("position", "pk")
    for action in found.prefetch_related("asked_fields__field", "messages__text"):
        actions.setdefault(action.status_id, []).append(_action(action, keys))
    return {
        "key": workflow.key,
        "name": words_of(workflow.name),
        "statuses": [_status(status, keys, actions.get(status.pk, [])) for status in statuses],
    }


def words_of(value):
    """{language: words} of what an owner typed. One word for all languages counts as English."""
    data = getattr(value, "data", value)
    given = data if isinstance(data, dict) else {Language.ENGLISH.value: str(data or "")}
    return {code: str(given[code]) for code in Language.values if str(given.get(code) or "").strip()}


def person_word(person):
    return person.email or person.phone


#: Settings of a row that stand in the document as they are.
PLAIN_OF_STATUS = (
    "kind", "hue", "chroma", "shown_in_portal", "customer_may_reply", "customer_may_close", "customer_may_reopen",
    "reply_days", "asks_for_survey", "clock_runs",
)  # fmt: skip
PLAIN_OF_ACTION = ("icon", "look", "deed", "gives_to", "for_staff", "for_customers", "fires_after_hours", "fires_since")


def _status(status, keys, actions):
    facts = {name: _plain(getattr(status, name)) for name in PLAIN_OF_STATUS} | {
        "key": status.key,
        "name": words_of(status.name),
        "customer_name": words_of(status.customer_name),
        "after_customer_reply": keys.get(status.after_customer_reply_id),
        "after_staff_reply": keys.get(status.after_staff_reply_id),
        "actions": actions,
    }
    return {name: facts[name] for name in shape.STATUS}


def _action(action, keys):
    facts = {name: _plain(getattr(action, name)) for name in PLAIN_OF_ACTION} | {
        "key": action.key,
        "name": words_of(action.name),
        "text": words_of(action.text),
        "target": keys.get(action.target_id),
        "department": action.department.key if action.department_id else None,
        "person": person_word(action.person) if action.person_id else None,
        "team": action.team.name if action.team_id else None,
        "fields": [
            {"field": asked.field.key, "required": asked.is_required}
            for asked in sorted(action.asked_fields.all(), key=lambda asked: (asked.position, asked.pk))
            if asked.field.archived_at is None
        ],
        "messages": [
            {"text": message.text.key, "recipient": _plain(message.recipient), "address": message.address}
            for message in sorted(action.messages.all(), key=lambda message: (message.position, message.pk))
            if message.text.archived_at is None
        ],
    }
    return {name: facts[name] for name in shape.ACTION}


def _plain(value):
    """A choice as the plain word it is stored as."""
    return str(value) if isinstance(value, str) else value
