"""What the lines of a history mention, by name: people, teams, statuses, fields and other tickets, as far as their reader may know them."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from common.kept import kept
from custom_fields.models import Field
from departments.models import Department, RequestType
from statuses.models import Action, Status
from tickets.choices import Kind
from tickets.models import ChecklistItem, Tag, Ticket, TicketCopy

# Which details name a person, a team, a department, a status or an action, by kind of event.
_PEOPLE = {
    Kind.ASSIGNED: ("before", "after"),
    Kind.PASSED_ON: ("assignee",),
    Kind.SHARED: ("whom",),
    Kind.UNSHARED: ("whom",),
    Kind.MENTIONED: ("whom",),
    Kind.SENT_FOR_COLLEAGUE: ("whom",),
    Kind.REPLY_HELD_BACK: ("whom",),
    Kind.ACTION_DONE: ("after_assignee",),
    Kind.WATCHER_ADDED: ("whom",),
    Kind.WATCHER_TAKEN_OFF: ("whom",),
    Kind.TIME_TAKEN_BACK: ("whom",),
}
_TEAMS = {Kind.ASSIGNED: ("before_team", "after_team"), Kind.ACTION_DONE: ("after_team",)}
_DEPARTMENTS = {Kind.PASSED_ON: ("before", "after"), Kind.ACTION_DONE: ("before_department", "after_department")}
_STATUSES = {
    Kind.STATUS_CHANGED: ("before", "after"),
    Kind.CLOSED: ("status",),
    Kind.REOPENED: ("status",),
    Kind.CUSTOMER_REPLIED: ("status",),
    Kind.STAFF_REPLIED: ("status",),
    Kind.ACTION_DONE: ("before", "after"),
}
_TYPES = {Kind.TYPE_CHANGED: ("before", "after")}
_TAGS = {Kind.TAGGED: ("tags",), Kind.UNTAGGED: ("tags",)}
_ACTIONS = {Kind.ACTION_DONE: ("action",)}
_MENTIONS = {
    get_user_model(): _PEOPLE,
    Group: _TEAMS,
    Department: _DEPARTMENTS,
    Status: _STATUSES,
    Action: _ACTIONS,
    RequestType: _TYPES,
    Tag: _TAGS,
    Ticket: {
        **dict.fromkeys((Kind.MERGED, Kind.UNMERGED, Kind.SPLIT, Kind.FOLLOWED), ("into", "source")),
        **dict.fromkeys((Kind.LINKED, Kind.UNLINKED), ("other",)),
    },
    TicketCopy: {Kind.COPIED: ("copies",), Kind.UNCOPIED: ("copies",)},
    ChecklistItem: {Kind.CHECKLIST_CHANGED: ("items",)},
}
#: What owners set: few rows, kept by the process.
_SETTINGS = (Department, Status, Action, RequestType)


def names_in(events, sight, loaded=()):
    """{model: {id: name}} of all that the events mention, of tickets the number, as far as whose Sight it is sees them.

    What the page has `loaded`, and what owners set, is not asked for; the rest costs one query.
    """
    names = {model: {} for model in _MENTIONS}
    for row in [*loaded, *(event.actor for event in events)]:
        if row is not None:
            names[row._meta.model][row.pk] = str(row)
    missing = []
    for model, mentions in _MENTIONS.items():
        mentioned = {pk for event in events for key in mentions.get(event.kind, ()) for pk in _ids(event.details.get(key))}
        wanted = mentioned - names[model].keys()
        if wanted and model in _SETTINGS:
            there = _names_of(model)
            names[model] |= {pk: str(there[pk]) for pk in wanted if pk in there}
        elif wanted:
            there, name = (Ticket.objects.visible_to(sight), "number") if model is Ticket else (model.objects, "name")
            label = Value(model._meta.label)
            missing.append(there.filter(pk__in=wanted).order_by().values_list(label, "pk", Cast(name, TextField())))
    if missing:
        found = missing[0].union(*missing[1:], all=True) if missing[1:] else missing[0]
        for label, pk, name in found:
            names[apps.get_model(label)][pk] = name
    return names


def _names_of(model):
    return kept(("names", model._meta.label), lambda: dict(model.objects.values_list("pk", "name")))


def _ids(told):
    """A detail names one thing, several, or none."""
    return told if isinstance(told, list) else [] if told is None else [told]


def other_ticket(details):
    """The id of the other ticket of a merge, a split or a link."""
    return details.get("into") or details.get("source") or details.get("other")


def fields_in(events, reader, loaded=()):
    """{id: field} of the fields these events tell of, as far as the reader may see them. What the page has `loaded` is not asked for."""
    known = {field.pk: field for field in loaded}
    missing = {int(pk) for event in events for pk in _ids_of_fields(event.details)} - known.keys()
    if missing:
        known |= {field.pk: field for field in Field.objects.filter(pk__in=missing).for_reader(reader)}
    return {pk: field for pk, field in known.items() if field.is_open}


def _ids_of_fields(details):
    return [*(details.get("fields") or ()), *([details["field"]] if "field" in details else ())]


def mentioned_in(events, names):
    """{message id: [name, …]} of whom the notes mention. `names`: those of names_in."""
    people = names[get_user_model()]
    whom = {event.message_id: event.details["whom"] for event in events if event.kind == Kind.MENTIONED}
    return {message: [people[pk] for pk in pks if pk in people] for message, pks in whom.items()}
