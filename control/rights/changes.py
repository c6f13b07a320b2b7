"""What a granter wants to change: boxes, or a role. Read from a request, never believed: only what is on their sheet can be meant."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.errors import Conflict, DeskError
from permissions.services import change_rights, grant_role, withdraw_role
from stores.models import Store


class UnknownRight(DeskError):
    """A box that is not on the sheet: made up, or its place went away or was given into other hands."""

    status_code = 422
    message = _("One of the boxes is not here any more, or not yours to give. Nothing was saved. Look at the rest, then review it again.")


class ChangedMeanwhile(Conflict):
    message = _(
        "Somebody else changed these rights while this page was open. What you ticked is kept; "
        "what glows differs from how things are now. Look again, then review."
    )


class NothingChanged(DeskError):
    status_code = 422
    message = _("Nothing is changed yet. Tick or untick something first.")


@dataclass
class BoxChange:
    """Boxes to give and to take."""

    who: object
    give: list
    take: list
    ends_at: object = None

    def apply(self, *, by):
        change_rights(
            self.who,
            give=[box.as_right for box in self.give],
            take=[box.as_right for box in self.take],
            by=by,
            ends_at=self.ends_at,
        )


@dataclass
class RoleChange:
    """A role to give or to take back in some departments."""

    who: object
    role: object
    departments: list
    is_taken: bool = False
    ends_at: object = None

    def apply(self, *, by):
        with transaction.atomic():
            for department in self.departments:
                if self.is_taken:
                    withdraw_role(self.who, department, self.role, by=by)
                else:
                    grant_role(self.who, department, self.role, by=by, ends_at=self.ends_at)


@dataclass
class Posted:
    """The boxes as they came back. `ticked` is what to show again, also after somebody else's change."""

    sheet: object
    ticked: set
    error: DeskError | None = None

    @property
    def change(self):
        boxes = self.sheet.boxes.items()
        give = [box for value, box in boxes if value in self.ticked and not box.own]
        take = [box for value, box in boxes if box.own and value not in self.ticked]
        return BoxChange(self.sheet.who, give, take)


def posted_boxes(sheet, data):
    """What was ticked, against what this person has now. `error` says why it cannot be reviewed as it is."""
    sent = set(data.getlist("right"))
    ticked = sent & sheet.boxes.keys()
    if sent - ticked:
        return Posted(sheet, ticked, UnknownRight())
    if data.get("shown", "") != sheet.shown:
        return Posted(sheet, _kept(sheet, ticked, data.get("shown", "")), ChangedMeanwhile())
    posted = Posted(sheet, ticked)
    if not posted.change.give and not posted.change.take:
        posted.error = NothingChanged()
    return posted


def _kept(sheet, ticked, shown):
    """What this granter ticked and unticked, laid over what somebody else has made of it."""
    before = {part.partition("@")[0] for part in shown.split(" ")}
    return (sheet.given | (ticked - before)) - (before - ticked)


@transaction.atomic
def save(change, *, by, unless_changed):
    """Carry it out, unless `unless_changed()` says that these rights are not what was reviewed; then ChangedMeanwhile, and nothing happens.

    Two who save at once wait for each other: the stores are locked between the question and the change.
    """
    list(Store.objects.select_for_update().order_by("pk"))
    if unless_changed():
        raise ChangedMeanwhile()
    change.apply(by=by)
