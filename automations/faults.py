"""What is wrong with a workflow, and where."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from common.errors import Conflict, DeskError


class Place(NamedTuple):
    """A spot in a document: a status by its key, an action of it, a setting. All empty: the workflow itself."""

    status: str = ""
    action: str = ""
    field: str = ""

    def __str__(self):
        parts = ["statuses", self.status] if self.status else []
        parts += ["actions", self.action] if self.action else []
        return ".".join([*parts, self.field] if self.field else parts)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, in a sentence. A warning hinders nothing."""

    place: Place
    words: str
    is_warning: bool = False


class WorkflowIsFaulty(DeskError):
    """`faults`: all of them. The words name the first."""

    status_code = 422

    def __init__(self, faults):
        self.faults = faults
        super().__init__(faults[0].words)


class TicketsHaveNoPlace(DeskError):
    """`statuses`: keys of those whose tickets nobody said a new place for."""

    status_code = 422
    message = _("Tickets stand in a status that is taken away. Choose where they move.")

    def __init__(self, statuses, message=None):
        self.statuses = statuses
        super().__init__(message)


class DraftWasChanged(Conflict):
    message = _("Somebody changed the draft meanwhile. What you typed is still here: look at the draft, then save again.")


class PublishedMeanwhile(Conflict):
    message = _("This is no longer what you looked at: the draft or the workflow was changed meanwhile. Look again, then publish.")


class WorkflowIsFollowed(DeskError):
    status_code = 409
    message = _("Departments follow this workflow. Let them follow another one first.")


class NothingToPublish(DeskError):
    status_code = 409
    message = _("Nothing differs from what is in force already.")
