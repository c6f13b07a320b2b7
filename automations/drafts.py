"""Changing a workflow's draft. It is a document that works nowhere until it is published; one for all who edit."""

import copy

from django.db import transaction
from django.utils import timezone

from automations.faults import DraftWasChanged, NothingToPublish, PublishedMeanwhile
from automations.models import WorkflowDraft
from automations.publishing import newest_version, publish
from automations.reading import read_workflow
from automations.shape import complete
from statuses.models import Workflow


class Desk:
    """What lies before an editor: the draft where there is one, else what is in force. `seen` names this very state of it."""

    def __init__(self, workflow):
        self.workflow = workflow
        self.draft = WorkflowDraft.objects.filter(workflow=workflow).select_related("changed_by").first()
        self.version = newest_version(workflow)
        self.number = self.version.number if self.version else 0
        self.document = complete(self.draft.document)[0] if self.draft else read_workflow(workflow)

    @property
    def seen(self):
        draft = self.draft
        return f"{self.number}-{draft.round}-{draft.changed_at.timestamp():.6f}" if draft else f"{self.number}"

    @property
    def next_number(self):
        """The number a version published now would have. What was never published is kept as the first one then."""
        return self.number + 1 if self.number else 2

    @property
    def is_overtaken(self):
        """Whether something else was published since the draft began."""
        return self.draft is not None and self.draft.based_on != self.number

    def status(self, key):
        return next((status for status in self.document["statuses"] if status["key"] == key), None)

    def action(self, status, key):
        status = self.status(status)
        return next((action for action in status["actions"] if action["key"] == key), None) if status else None


@transaction.atomic
def change_draft(workflow, change, *, by, seen=None):
    """Let `change(document)` alter the draft in place, beginning one where there is none. Returns the WorkflowDraft.

    What alters nothing begins none.
    `seen`: the state that the editor had before their eyes; DraftWasChanged when it is another one by now. Without it, what a
    change does must be right whatever the draft says, such as one place up.
    """
    desk = _locked_desk(workflow)
    if seen is not None and seen != desk.seen:
        raise DraftWasChanged()
    draft = desk.draft or WorkflowDraft(workflow=workflow, based_on=desk.number)
    document = copy.deepcopy(desk.document)
    change(document)
    return desk.draft if document == desk.document else _save(draft, document, by)


@transaction.atomic
def take_up(version, *, by, seen):
    """Make an earlier version the draft. It is in force again once it is published."""
    desk = _locked_desk(version.workflow)
    if seen != desk.seen:
        raise DraftWasChanged()
    draft = desk.draft or WorkflowDraft(workflow=version.workflow)
    draft.based_on = desk.number
    return _save(draft, complete(version.document)[0], by)


@transaction.atomic
def throw_away(workflow):
    """Forget the draft. What is in force stays as it is; no draft is no mistake."""
    _locked_desk(workflow)
    WorkflowDraft.objects.filter(workflow=workflow).delete()


@transaction.atomic
def publish_draft(workflow, *, seen, moves, by, remark="", language=None):
    """Put in force what the editor has looked at. Raises PublishedMeanwhile, and whatever `publish` refuses. Returns the version."""
    desk = _locked_desk(workflow)
    if desk.draft is None and seen == desk.seen:
        raise NothingToPublish()
    if seen != desk.seen:
        raise PublishedMeanwhile()
    made = publish(workflow, desk.document, moves=moves, by=by, remark=remark, language=language)
    desk.draft.delete()
    return made


def _locked_desk(workflow):
    return Desk(Workflow.objects.select_for_update().get(pk=workflow.pk))


def _save(draft, document, by):
    draft.document = document
    draft.round += 1
    draft.changed_by, draft.changed_at = by, timezone.now()
    draft.save()
    return draft
