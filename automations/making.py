"""Making workflows, renaming them, and laying them aside."""

import copy

from django.db import transaction
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from audit.choices import Deed
from audit.log import differences, note
from automations.faults import WorkflowIsFollowed
from automations.models import WorkflowDraft
from automations.publishing import publish
from automations.reading import words_of
from common.keys import key_like
from statuses.models import Workflow


@transaction.atomic
def make_workflow(document, *, name, by=None, language=None):
    """A workflow of its own from a document, in force at once. Its key resembles its English name."""
    taken = set(Workflow.objects.values_list("key", flat=True))
    key = key_like(name.get("en", ""), taken)
    workflow = Workflow.objects.create(key=key, name=LazyI18nString(name))
    note(Deed.SETTINGS_CHANGED, by=by, on=workflow, after={"did": "made"})
    publish(workflow, copy.deepcopy(document) | {"key": key, "name": name}, by=by, language=language)
    return workflow


@transaction.atomic
def rename_workflow(workflow, name, *, by):
    """Give it other names, at once: a name moves nothing. The same names change nothing."""
    workflow = Workflow.objects.select_for_update().get(pk=workflow.pk)
    before, after = differences({"name": words_of(workflow.name)}, {"name": words_of(name)})
    if before or after:
        workflow.name = LazyI18nString(name)
        workflow.save(update_fields=["name"])
        _rename_draft(workflow, name)
        note(Deed.SETTINGS_CHANGED, by=by, on=workflow, before=before, after=after)
    return workflow


def _rename_draft(workflow, name):
    """So that publishing it later does not bring the old name back."""
    draft = WorkflowDraft.objects.filter(workflow=workflow).first()
    if draft:
        draft.document = draft.document | {"name": words_of(name)}
        draft.save(update_fields=["document"])


@transaction.atomic
def archive_workflow(workflow, *, by):
    """Lay it aside. Raises WorkflowIsFollowed while a department that is not archived follows it."""
    workflow = Workflow.objects.select_for_update().get(pk=workflow.pk)
    if workflow.departments.filter(archived_at=None).exists():
        raise WorkflowIsFollowed()
    if workflow.archived_at is None:
        workflow.archived_at = timezone.now()
        workflow.save(update_fields=["archived_at"])
        note(Deed.SETTINGS_CHANGED, by=by, on=workflow, after={"did": "archived"})
    return workflow


@transaction.atomic
def restore_workflow(workflow, *, by):
    workflow = Workflow.objects.select_for_update().get(pk=workflow.pk)
    if workflow.archived_at is not None:
        workflow.archived_at = None
        workflow.save(update_fields=["archived_at"])
        note(Deed.SETTINGS_CHANGED, by=by, on=workflow, after={"did": "restored"})
    return workflow
