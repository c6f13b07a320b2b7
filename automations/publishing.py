"""Putting a workflow's document in force: all of it in one transaction, or nothing."""

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from audit.choices import Deed
from audit.log import differences, note
from automations.checking import check
from automations.faults import Place, TicketsHaveNoPlace, WorkflowIsFaulty
from automations.models import WorkflowVersion
from automations.reading import read_workflow
from automations.rows import write_rows
from automations.shape import complete
from common.templatetags.formats import isolate
from common.text import clean_line
from statuses.models import StatusKind, Workflow
from tickets.models import Ticket
from tickets.services.retiring import move_tickets


@transaction.atomic
def publish(workflow, document, *, moves=None, by=None, remark="", language=None):
    """Change the workflow's rows to what the document says, and keep it as a version. Returns the WorkflowVersion.

    Statuses and actions are matched by their keys: what stays keeps its rows with the rights given on them, what goes is archived.
    `moves` ({key of a status that goes: key of one that stays}) says where its tickets move. Raises WorkflowIsFaulty and
    TicketsHaveNoPlace; then nothing has changed.
    """
    workflow = Workflow.objects.select_for_update().get(pk=workflow.pk)
    faults = [fault for fault in check(document, language=language) if not fault.is_warning]
    if faults:
        raise WorkflowIsFaulty(faults)
    document, _none = complete(document)
    document["key"] = workflow.key
    before = read_workflow(workflow)
    last = newest_version(workflow)
    if last is None and before["statuses"]:
        last = WorkflowVersion.objects.create(workflow=workflow, number=1, document=before)

    _guard_openness(workflow, document)
    rows = write_rows(workflow, document)
    _move_tickets(workflow, document, rows, moves or {}, by)

    number = last.number + 1 if last else 1
    made = WorkflowVersion.objects.create(
        workflow=workflow, number=number, document=document, remark=clean_line(remark, 200)[:200], made_by=by
    )
    old, new = differences(facts_of(before), facts_of(document))
    note(Deed.SETTINGS_CHANGED, by=by, on=workflow, before=old, after=new | {"did": "published", "version": number}, reason=made.remark)
    return made


def newest_version(workflow):
    return WorkflowVersion.objects.filter(workflow=workflow).order_by("-number").first()


def statuses_that_go(workflow, document):
    """[(status, how many tickets stand in it)] of those the document leaves out. Retired ones too, should tickets stand there."""
    keys = [status["key"] for status in document["statuses"]]
    gone = list(workflow.statuses.exclude(key__in=keys).order_by("position", "pk"))
    counts = count_tickets(gone)
    return [(status, counts[status.pk]) for status in gone if counts[status.pk] or status.archived_at is None]


def count_tickets(statuses):
    """{id of a status: how many tickets stand in it}, by one query."""
    pks = [status.pk for status in statuses]
    found = dict(Ticket.objects.filter(status__in=pks).order_by().values_list("status").annotate(Count("pk"))) if pks else {}
    return {pk: found.get(pk, 0) for pk in pks}


def _move_tickets(workflow, document, rows, moves, by):
    wanting, ways = [], {}
    for status, tickets in statuses_that_go(workflow, document):
        if not tickets:
            continue
        target = rows.get(moves.get(status.key))
        if target is None:
            wanting.append(status)
        elif target.is_closed != status.is_closed:
            words = _("Closed tickets stay closed and open ones open: choose a status that is alike in this for %(status)s.")
            raise TicketsHaveNoPlace([status.key], words % {"status": isolate(status)})
        else:
            ways[status] = target
    if wanting:
        raise TicketsHaveNoPlace([status.key for status in wanting])
    move_tickets(ways, by=by)


def _guard_openness(workflow, document):
    """A ticket is open or closed itself, so a status in which some stand does not turn from one into the other."""
    closed = {status["key"]: status["kind"] == StatusKind.CLOSED for status in document["statuses"]}
    turned = [status for status in workflow.statuses.filter(key__in=closed) if closed[status.key] != status.is_closed]
    counts = count_tickets(turned)
    for status in turned:
        if counts[status.pk]:
            words = _(
                "Tickets stand in %(status)s, so it cannot turn from open into closed or back. Make a new status, and move them there."
            )
            raise TicketsHaveNoPlace([], words % {"status": isolate(status)})


def facts_of(document):
    """The document flat, for the audit log: {place: value}. Which statuses there are, in their order, stands under one name."""
    facts = {"name": document["name"], "statuses": [status["key"] for status in document["statuses"]]}
    for status in document["statuses"]:
        place = Place(status=status["key"])
        facts |= _flat(status, place, "actions")
        facts[str(place._replace(field="actions"))] = [action["key"] for action in status["actions"]]
        for action in status["actions"]:
            facts |= _flat(action, place._replace(action=action["key"]))
    return facts


def _flat(part, place, *left_out):
    return {str(place._replace(field=name)): value for name, value in part.items() if name not in {"key", *left_out}}
