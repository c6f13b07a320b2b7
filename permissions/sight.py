"""What one person may see of tickets, as plain ids, read with one query at the beginning of a page and handed on.

Nested queries (permissions/querysets.py) suit a single question. A page that lists, counts and searches asks the same thing ten
times: it reads the answer once. Nothing is kept longer than the request that asked.
"""

from dataclasses import dataclass, field
from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone

from common.planned import planned_cursor
from departments.models import Department
from permissions.models import ROWS
from permissions.querysets import may_hold_rights
from permissions.rights import DepartmentRight, StatusRight, StoreRight, WorkflowRight
from statuses.models import Status, StatusKind
from stores.models import Store

#: More shared tickets than this are not written out: `shared` is None then, and whoever asks nests a query.
MOST_SHARED = 500
#: The rights that are read. What may be done to one ticket is another question (tickets/access.py).
_READ = {
    "department": (DepartmentRight.VIEW, DepartmentRight.OPEN, DepartmentRight.DELETE),
    "workflow": (WorkflowRight.VIEW_ALL,),
    "status": (StatusRight.VIEW,),
    "store": tuple(StoreRight),
}


@dataclass(frozen=True)
class Sight:
    """Whose it is, and what they see: a ticket in one of `departments` and in one of `statuses`, or one of `shared`; nothing else.

    `statuses`: {id: kind}, rights on whole workflows written out; `shared`: ids of tickets, None where there are more than MOST_SHARED;
    `teams`: ids of the person's teams; `sees_everything`: in every department and status there is; `has_emergency`: emergency access runs;
    `regions`: {store id: where its phone numbers belong}, of every store there is.
    """

    user: object
    departments: frozenset = frozenset()
    statuses: dict = field(default_factory=dict)
    shared: frozenset | None = frozenset()
    teams: frozenset = frozenset()
    sees_everything: bool = False
    has_emergency: bool = False
    regions: dict = field(default_factory=dict)
    _places: dict = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, user):
        """By one query, however much was given; by none for those to whom nothing may be given."""
        if isinstance(user, Sight):
            return user
        return _sight_of(user) if may_hold_rights(user) else cls(user)

    def places_with(self, right):
        """Ids of the departments (VIEW, OPEN, DELETE) or of the stores in which this right was given."""
        return self._places.get(str(right), frozenset())

    def statuses_of(self, *kinds):
        """Ids of the statuses of these kinds in which this person sees tickets."""
        return [pk for pk, kind in self.statuses.items() if kind in kinds]

    @property
    def open_statuses(self):
        return [pk for pk, kind in self.statuses.items() if kind != StatusKind.CLOSED]

    def sees(self, ticket):
        """Whether this ticket is seen, by its row alone. One of more shared ones than are written out is asked for."""
        if ticket.deleted_at is not None:
            return False
        if ticket.department_id in self.departments and ticket.status_id in self.statuses:
            return True
        if self.shared is not None:
            return ticket.pk in self.shared
        return type(ticket).objects.filter(pk=ticket.pk).shared_with(self).exists()

    @property
    def sees_nothing(self):
        """Whether no ticket at all can be seen."""
        return not (self.departments and self.statuses) and self.shared is not None and not self.shared


def _sight_of(user):
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with planned_cursor(connection) as cursor:
        cursor.execute(_statement(), {"user": user.pk, "now": now})
        rows = cursor.fetchall()
    departments, statuses, places, workflows, single, shared, teams, regions = set(), {}, {}, set(), set(), [], set(), {}
    has_emergency = False
    for what, pk, code, extra in rows:
        if what == "there: department":
            departments.add(pk)
        elif what == "there: status":
            statuses[pk] = (code, extra)
        elif what == "there: store":
            regions[pk] = code
        elif what == "shared":
            shared.append(pk)
        elif what == "team":
            teams.add(pk)
        elif what == "workflow":
            workflows.add(pk)
        elif what == "status":
            single.add(pk)
        else:
            places.setdefault(code, set()).add(pk)
            has_emergency = has_emergency or bool(extra)
    seen = {pk: kind for pk, (kind, workflow) in statuses.items() if workflow in workflows or pk in single}
    view = places.get(str(DepartmentRight.VIEW), set())
    return Sight(
        user,
        departments=frozenset(view),
        statuses=seen,
        shared=None if len(shared) > MOST_SHARED else frozenset(shared),
        teams=frozenset(teams),
        sees_everything=bool(departments) and departments <= view and len(seen) == len(statuses),
        has_emergency=has_emergency,
        regions=regions,
        _places={code: frozenset(pks) for code, pks in places.items()},
    )


@cache
def _statement():
    """Written by hand, because composing it from querysets each time costs more than running it.

    Rows of (what, id, code or kind or region, workflow or whether it is emergency access).
    """
    user = get_user_model()
    memberships, shares = user.groups.through._meta.db_table, user._meta.get_field("shared_tickets").related_model._meta.db_table
    runs = "(r.ends_at IS NULL OR r.ends_at > %(now)s)"
    member = f"SELECT m.group_id FROM {memberships} m WHERE m.user_id = %(user)s"
    parts = [
        f"SELECT 'there: department', d.id, '', 0 FROM {Department._meta.db_table} d",
        f"SELECT 'there: status', s.id, s.kind, s.workflow_id FROM {Status._meta.db_table} s",
        f"SELECT 'there: store', s.id, s.phone_region, 0 FROM {Store._meta.db_table} s",
        f"SELECT 'team', m.group_id, '', 0 FROM {memberships} m WHERE m.user_id = %(user)s",
        f"SELECT 'shared', r.ticket_id, '', 0 FROM {shares} r WHERE r.user_id = %(user)s AND {runs}",
    ]
    for kind, codes in _READ.items():
        listed = ", ".join(f"'{code.value}'" for code in codes)
        for table, holder in zip(ROWS[kind], ("r.user_id = %(user)s", f"r.group_id IN ({member})"), strict=True):
            parts.append(
                f"SELECT '{kind}', r.content_object_id, p.codename, CASE WHEN r.is_emergency THEN 1 ELSE 0 END"
                f" FROM {table._meta.db_table} r JOIN {Permission._meta.db_table} p ON p.id = r.permission_id"
                f" WHERE {holder} AND p.codename IN ({listed}) AND {runs}"
            )
    return " UNION ALL ".join(parts)
