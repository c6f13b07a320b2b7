"""What all pages of one workflow share: the desk of its editor, the check at the side, and saving into the draft."""

from django.db import transaction
from django.urls import reverse

from automations.checking import check
from automations.drafts import Desk, change_draft
from automations.naming import name_of
from common.form_keys import claim_form
from control.workflows.finding import found_workflow


class Bench:
    """One workflow before one editor: what the draft says, and what is wrong with it."""

    def __init__(self, request, store, pk):
        self.workflow = found_workflow(request, pk)
        self.store, self.pk = store, pk
        self.desk = Desk(self.workflow)
        self.document = self.desk.document

    @property
    def name(self):
        return name_of(self.document)

    def faults(self):
        """[(fault, address of its place, names of the status and the action it is about)]"""
        return [
            (fault, self.address_of(fault.place), self.names_of(fault.place))
            for fault in check(self.document, language=self.store.language)
        ]

    def address_of(self, place):
        if place.action and self.desk.action(place.status, place.action):
            page = reverse("control:workflow_action", args=[self.pk, place.status, place.action])
        elif place.status and self.desk.status(place.status):
            page = reverse("control:workflow_status", args=[self.pk, place.status])
        elif place.field == "name":
            page = reverse("control:workflow_name", args=[self.pk])
        else:
            page = reverse("control:workflow", args=[self.pk])
        return f"{page}#part-{place.field}" if place.field else page

    def names_of(self, place):
        parts = [self.desk.status(place.status), self.desk.action(place.status, place.action)] if place.status else []
        return [name_of(part) for part in parts if part]

    def statuses(self, *, but=None):
        """[(key, name)] for choosing one."""
        return [(status["key"], name_of(status)) for status in self.document["statuses"] if status["key"] != but]

    def context(self, **more):
        faults = self.faults()
        return {
            "workflow": self.workflow,
            "bench": self,
            "desk": self.desk,
            "faults": [row for row in faults if not row[0].is_warning],
            "warnings": [row for row in faults if row[0].is_warning],
            "seen": self.desk.seen,
            **more,
        }


def save_into_draft(request, bench, form, change, url):
    """Write into the draft what a OneTimeForm says, once. Returns where to go; raises DraftWasChanged."""
    with transaction.atomic():
        sent = claim_form(form, request)
        if sent.is_first:
            change_draft(bench.workflow, change, by=request.user, seen=request.POST.get("seen", ""))
            sent.finish(url)
    return sent.outcome_url
