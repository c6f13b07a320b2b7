"""The matrix as data: every box of the places in which a granter grants, and who holds it through what.

What lies elsewhere is not on the sheet: neither its name nor whether it is given. Reading costs the same for any number of grants.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common.moments import format_moment
from common.templatetags.formats import isolate
from control.rights.words import joined, plain
from permissions.decisions import Grant
from permissions.holdings import everything_given
from permissions.querysets import departments_to_grant_in, stores_to_grant_in, workflows_to_grant_in
from permissions.rights import FOR_ALL, ActionRight, DepartmentRight, StatusRight, StoreRight, WorkflowRight
from permissions.roles import all_roles
from permissions.services import Right, roles_of

#: What stands over a column, or beside a box on a phone. The whole right is in its title.
HEADS = {
    DepartmentRight.VIEW: pgettext_lazy("column", "See"),
    DepartmentRight.REPLY: pgettext_lazy("column", "Answer"),
    DepartmentRight.NOTE: pgettext_lazy("column", "Notes"),
    DepartmentRight.OPEN: pgettext_lazy("column", "Open"),
    DepartmentRight.ASSIGN: pgettext_lazy("column", "Assign"),
    DepartmentRight.PASS_ON: pgettext_lazy("column", "Pass on"),
    DepartmentRight.CHANGE_STATUS: pgettext_lazy("column", "Status"),
    DepartmentRight.CLOSE: pgettext_lazy("column", "Close"),
    DepartmentRight.MERGE: pgettext_lazy("column", "Merge"),
    DepartmentRight.DELETE: pgettext_lazy("column", "Delete"),
    DepartmentRight.EDIT: pgettext_lazy("column", "Edit"),
    DepartmentRight.ORIGINALS: pgettext_lazy("column", "Originals"),
    WorkflowRight.VIEW_ALL: pgettext_lazy("column", "See"),
    StatusRight.VIEW: pgettext_lazy("column", "See"),
    WorkflowRight.MOVE_TO_ALL: pgettext_lazy("column", "Move here"),
    StatusRight.MOVE_TO: pgettext_lazy("column", "Move here"),
}


@dataclass
class Box:
    """One right on one thing. `own`: the row given directly; `ways`: rows of teams; `reasons`: how it is held, in sentences."""

    kind: str
    on: object
    right: object
    own: Grant | None = None
    ways: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    is_ticked: bool = False
    error: str = ""

    @property
    def value(self):
        return f"{self.kind}.{self.on.pk}.{self.right}"

    @property
    def row_id(self):
        return f"row-{self.kind}-{self.on.pk}"

    @property
    def head(self):
        return HEADS.get(self.right, self.right.label)

    @property
    def name(self):
        """What the box is called on its own: an action by its name, anything else by its right."""
        return self.on.name if self.kind == "action" else self.right.label

    @property
    def is_of_team(self):
        """Held through a team only: shown dashed, and changed where the team's rights are."""
        return bool(self.ways) and not self.own and not self.is_ticked

    @property
    def is_held(self):
        return bool(self.own or self.ways)

    @property
    def is_changed(self):
        return self.is_ticked != bool(self.own)

    @property
    def ends_at(self):
        """When it ends, if all that gives it ends."""
        ends = [grant.ends_at for grant in [self.own, *self.ways] if grant]
        return max(ends) if ends and all(ends) else None

    @property
    def as_right(self):
        return Right(self.right, self.on)


class Sheet:
    """`granter` looks at what `who` (a person or a team) may do. `ticked`: values to show instead of what is given."""

    def __init__(self, granter, who, ticked=None):
        self.granter, self.who = granter, who
        self.is_team = isinstance(who, Group)
        grants = {}
        for grant in everything_given(who):
            grants.setdefault((grant.kind, grant.on, grant.code), []).append(grant)
        self._grants = grants
        self.boxes = {}
        self._read_places()
        if ticked is not None:
            for value, box in self.boxes.items():
                box.is_ticked = value in ticked

    def _read_places(self):
        # Whoever goes through `on.workflow` or `on.stores` below finds them fetched.
        departments = departments_to_grant_in(self.granter).order_by("position", "pk").select_related("workflow").prefetch_related("stores")
        workflows = workflows_to_grant_in(self.granter).order_by("pk").prefetch_related("statuses__actions")
        self.departments, self.places = [], {"department": [], "workflow": [], "store": []}
        for department in departments:
            self.places["department"].append(department.pk)
            row = self._row("department", department, DepartmentRight)
            if department.archived_at is None or any(box.is_held for box in row):
                self.departments.append((department, row))
            else:
                for box in row:
                    del self.boxes[box.value]
        self.workflows = [self._workflow(workflow) for workflow in workflows]
        self.places["workflow"] = [flow.workflow.pk for flow in self.workflows]
        self.stores = [(store, self._row("store", store, StoreRight)) for store in stores_to_grant_in(self.granter).order_by("pk")]
        self.places["store"] = [store.pk for store, _row in self.stores]

    def _workflow(self, workflow):
        rows = []
        for status in workflow.kept_statuses():
            see, move = self._row("status", status, StatusRight)
            rows.append(
                (
                    status,
                    see,
                    move,
                    [self._box("action", action, ActionRight.PERFORM) for action in status.actions.all() if action.archived_at is None],
                )
            )
        followers = [department for department, _row in self.departments if department.workflow_id == workflow.pk]
        return Flow(workflow, followers, self._row("workflow", workflow, WorkflowRight), rows)

    def _row(self, kind, on, rights):
        return [self._box(kind, on, right) for right in rights]

    def _box(self, kind, on, right):
        given = self._grants.get((kind, on.pk, str(right)), ())
        box = Box(kind, on, right)
        box.own = next((grant for grant in given if not grant.team), None)
        box.ways = [grant for grant in given if grant.team]
        box.reasons = [self._reason(grant) for grant in given]
        box.is_ticked = bool(box.own)
        self.boxes[box.value] = box
        return box

    # --- What the page says besides the boxes -----------------------------------------------------
    @cached_property
    def roles(self):
        return list(all_roles())

    @cached_property
    def teams(self):
        return [] if self.is_team else list(self.who.groups.order_by("name"))

    @cached_property
    def _role_names(self):
        return {role.pk: str(role) for role in self.roles}

    @cached_property
    def _team_names(self):
        return {team.pk: team.name for team in self.teams}

    @property
    def shown(self):
        """What is given directly, with its ends, as one line: the page sends it back, and a difference tells of somebody else's change."""
        own = [box for box in self.boxes.values() if box.own]
        return " ".join(sorted(f"{box.value}@{_stamp(box.own.ends_at)}" for box in own))

    @property
    def given(self):
        return {value for value, box in self.boxes.items() if box.own}

    @property
    def holds_anything(self):
        return any(box.is_held for box in self.boxes.values())

    @property
    def teams_that_give(self):
        known = {grant.team for box in self.boxes.values() for grant in box.ways}
        return [team for team in self.teams if team.pk in known]

    @cached_property
    def roles_given(self):
        """(role, department, end) of each role this one was given, in the granter's departments."""
        mine = {department.pk for department, _row in self.departments}
        return [(held.role, held.department, held.ends_at) for held in roles_of(self.who) if held.department_id in mine]

    @property
    def departments_for_roles(self):
        """Where a role may be given: it opens statuses too, so the workflow must be the granter's as well as the department."""
        own = {flow.workflow.pk for flow in self.workflows}
        return [department for department, _row in self.departments if department.workflow_id in own]

    @property
    def departments_with_foreign_statuses(self):
        own = {flow.workflow.pk for flow in self.workflows}
        return [department for department, _row in self.departments if department.workflow_id not in own]

    def _reason(self, grant):
        """How one row gives a right, in a sentence for titles and for those who listen."""
        team, role = self._team_names.get(grant.team), self._role_names.get(grant.role)
        names = {"team": isolate(team), "role": isolate(role)}
        if team and role:
            words = _("Through the team %(team)s, which has the role %(role)s.") % names
        elif team:
            words = _("Through the team %(team)s.") % names
        elif role:
            words = _("Given through the role %(role)s.") % names
        else:
            words = _("Given directly.")
        if grant.is_emergency:
            words += " " + _("It is emergency access.")
        if grant.ends_at:
            words += " " + _("It ends: %(moment)s.") % {"moment": isolate(format_moment(grant.ends_at, "moment_full"))}
        return words


@dataclass
class Flow:
    """A workflow on the sheet: its own row of boxes, and (status, see, move, actions) for each status."""

    workflow: object
    departments: list
    row: list
    statuses: list

    @property
    def departments_in_words(self):
        return joined(map(plain, self.departments))

    @property
    def boxes_for_all(self):
        """(see, move, every action)"""
        by_right = {box.right: box for box in self.row}
        return tuple(by_right[FOR_ALL[right]] for right in (StatusRight.VIEW, StatusRight.MOVE_TO, ActionRight.PERFORM))


def _stamp(moment):
    return int(moment.timestamp()) if moment else ""
