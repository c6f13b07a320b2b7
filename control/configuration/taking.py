"""Taking a configuration in: all of it or nothing, after everything wrong with it was said at once.

Things are known by their keys: what is there is changed, what is not is made, and what the file leaves out stays as it is.
"""

from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from audit.choices import Deed
from audit.log import note
from automations.document import publish, read_workflow
from automations.faults import TicketsHaveNoPlace, WorkflowIsFaulty
from common.errors import DeskError
from common.templatetags.formats import isolate
from control.configuration.older import as_today
from control.configuration.reading import FORMAT, read_item
from control.configuration.rules import broken_rules
from control.configuration.shapes import AFTER_WORKFLOWS, BEFORE_WORKFLOWS, FIELDS, PARTS
from control.configuration.words import take_answer, take_question
from statuses.models import Status, Workflow

MADE, CHANGED = "made", "changed"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where in the file, and in which sentence."""

    place: str
    words: str


@dataclass(frozen=True)
class Change:
    """One thing that is made or changed; `settings`: the names of what differs."""

    part: str
    name: str
    did: str
    settings: tuple = ()


@dataclass
class Report:
    faults: list = field(default_factory=list)
    changes: list = field(default_factory=list)


class FileHasFaults(DeskError):
    status_code = 422

    def __init__(self, report):
        self.report = report
        super().__init__(_("The file has mistakes, so nothing was taken from it."))


class _Undo(Exception):
    pass


def rehearse(document, *, by):
    """What taking it in would change, or what is wrong with it. Done for real and undone, so it is what would happen."""
    report = Report()
    try:
        with transaction.atomic():
            _take_all(document, report, by)
            raise _Undo
    except _Undo:
        return report


@transaction.atomic
def take_configuration(document, *, by):
    """Take it in. Raises FileHasFaults, and then nothing has changed."""
    report = Report()
    _take_all(document, report, by)
    if report.faults:
        raise FileHasFaults(report)
    return report


def _take_all(document, report, by):
    if document.get("helpdesk") != FORMAT:
        report.faults.append(Fault("helpdesk", _("This file was written by another version of the help desk.")))
        return
    document = as_today(document)
    for part in document.keys() - set(PARTS):
        report.faults.append(Fault(str(part), _("There is no such part of a configuration.")))
    for shape in BEFORE_WORKFLOWS:
        _take_shape(shape, document, report, by)
    _take_shape(FIELDS, document, report, by, later={"departments", "required_in", "shown_when"})
    for place, item in _items(document, "workflows", report):
        _take_workflow(place, item, report, by)
    for shape in AFTER_WORKFLOWS:
        _take_shape(shape, document, report, by)
    _take_shape(FIELDS, document, report, by, again=True)
    for part, take in (("questions", take_question), ("prepared_answers", take_answer)):
        for place, item in _items(document, part, report):
            _told(report, part, place, lambda item=item, take=take: take(item, by=by))


def _items(document, part, report):
    """[(place, item)] of one part, those that are dictionaries at all."""
    rows = document.get(part) or []
    if not isinstance(rows, list):
        report.faults.append(Fault(part, _("Here stands a list.")))
        return
    for number, item in enumerate(rows, start=1):
        if isinstance(item, dict):
            yield f"{part}.{item.get('key') or number}", item
        else:
            report.faults.append(Fault(f"{part}.{number}", _("Here stand settings with their names.")))


def _told(report, part, place, take):
    """Call it; what it made or changed, or what it found wrong, is in the report."""
    try:
        with transaction.atomic():
            change = take()
    except DeskError as error:
        report.faults.append(Fault(place, str(error)))
    except ValidationError as error:
        report.faults += [Fault(place, words) for words in error.messages]
    else:
        if change:
            did, name, settings = change
            report.changes.append(Change(part, name, did, tuple(settings)))


def _take_shape(shape, document, report, by, *, later=frozenset(), again=False):
    """Every thing of this shape. Fields name departments that come after them, so they are taken twice: `later` waits for `again`."""
    for place, item in _items(document, shape.name, report):
        _take_item(shape, place, item, report, by, later, again)


def _take_item(shape, place, item, report, by, later, again):
    faults, given = [], {name: value for name, value in item.items() if name not in later}
    for name in item.keys() - shape.names:
        faults.append(Fault(f"{place}.{name}", _("There is no such setting.")))
    found = {name: _resolved(shape, name, given.get(name), f"{place}.{name}", faults) for name in shape.known_by}
    if not all(value for name, value in found.items() if name not in shape.maybe):
        faults.append(Fault(place, _("What tells it from others is missing: %(names)s.") % {"names": ", ".join(shape.known_by)}))
    if faults:
        report.faults += [] if again else faults
        return
    row = shape.model.objects.filter(**found).first()
    did, row = (CHANGED, row) if row else (MADE, shape.model(**found))
    before = read_item(shape, row) if row.pk else {}
    many = _filled(shape, row, given, place, faults)
    faults += _unclean(row, place) if not faults else []
    faults += [Fault(f"{place}.{name}", words) for name, words in broken_rules(row)] if not faults else []
    if faults:
        report.faults += faults
        return
    row.save()
    for name, things in many.items():
        getattr(row, name).set(things)
    after = read_item(shape, row)
    differing = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    if not differing:
        return
    note(
        Deed.SETTINGS_CHANGED,
        by=by,
        on=row,
        before={n: before.get(n) for n in differing if n in before},
        after={n: after.get(n) for n in differing} | {"did": did},
    )
    if not again:
        report.changes.append(Change(shape.name, isolate(row), did, tuple(differing) if did == CHANGED else ()))


def _filled(shape, row, given, place, faults):
    """Set what the file says; returns the lists of other things, to be set once the row is stored."""
    many = {}
    for name, value in given.items():
        spot = f"{place}.{name}"
        if name in shape.known_by:
            continue
        if name in shape.words:
            setattr(row, name, _words(value, spot, faults))
        elif name in shape.refs:
            setattr(row, name, _resolved(shape, name, value, spot, faults))
        elif name in shape.many:
            keys = value if isinstance(value, list) else [value]
            many[name] = [thing for thing in (_thing(shape.many[name], key, spot, faults) for key in keys) if thing]
        else:
            _set_plain(row, name, value, spot, faults)
    return many


def _set_plain(row, name, value, spot, faults):
    column = row._meta.get_field(name)
    try:
        setattr(row, name, column.clean("" if value is None and not column.null else value, row))
    except ValidationError as error:
        faults += [Fault(spot, words) for words in error.messages]


def _words(value, spot, faults):
    if not isinstance(value, dict) or any(code not in Language.values or not isinstance(text, str) for code, text in value.items()):
        faults.append(Fault(spot, _("Here stand words by language: en, fa, pl, ru.")))
        return ""
    return LazyI18nString(value)


def _resolved(shape, name, value, spot, faults):
    """What a key names; a plain value stays itself."""
    return _thing(shape.refs[name], value, spot, faults) if name in shape.refs and value else value


def _thing(model, key, spot, faults):
    if model is Status:
        workflow, _slash, status = str(key).partition("/")
        thing = Status.objects.filter(workflow__key=workflow, key=status).select_related("workflow").first()
    else:
        thing = model.objects.filter(key=str(key)).first()
    if thing is None:
        faults.append(Fault(spot, _("Nothing has the key “%(key)s”.") % {"key": key}))
    return thing


def _unclean(row, place):
    """What the row's own rules say against it: limits, choices, what only one may have."""
    try:
        row.full_clean()
    except ValidationError as error:
        return [
            Fault(place if name == NON_FIELD_ERRORS else f"{place}.{name}", words)
            for name, sentences in error.message_dict.items()
            for words in sentences
        ]
    return []


def _take_workflow(place, item, report, by):
    workflow = Workflow.objects.filter(key=str(item.get("key", ""))).first()
    if workflow and read_workflow(workflow) == item:
        return
    did = CHANGED if workflow else MADE
    try:
        with transaction.atomic():
            workflow = workflow or Workflow.objects.create(key=str(item.get("key", ""))[:40], name="")
            publish(workflow, item, by=by, remark=_("taken from a file"))
    except WorkflowIsFaulty as error:
        report.faults += [Fault(f"{place}.{fault.place}".rstrip("."), fault.words) for fault in error.faults]
    except TicketsHaveNoPlace as error:
        report.faults.append(Fault(place, str(error)))
    else:
        report.changes.append(Change("workflows", isolate(Workflow.objects.get(pk=workflow.pk)), did))
