"""Everything that was given to one person in a few places, read with one query, each row with its way: team, role, end.

And the other way round: who holds anything at all.
"""

from django.contrib.auth.models import Group
from django.db.models import CharField, F, Q, Value

from permissions.decisions import Grant, Need
from permissions.models import ROWS
from permissions.rights import FOR_ALL

_COLUMNS = ["code", "kind", "on", "team", "role_id", "ends_at", "is_emergency"]
_NO_TEAM = Value(None, output_field=Group._meta.pk)


def everything_given(who):
    """[Grant] of all that was given to a person, through teams as well, or to a team. One query, however much it is.

    Whether it counts is another question: only active members of staff may hold rights.
    """
    return _read(who, dict.fromkeys(ROWS))


def _read(who, places):
    return [Grant(*row) for row in rows_given(who, places)]


def rows_given(who, places):
    """What Grant is made of, of all that was given to a person (or their id), or to a team, on these places ({kind: ids, None for all})."""
    parts = []
    for kind, ids in places.items():
        for table in ROWS[kind]:
            if hasattr(table, "user"):
                if isinstance(who, Group):
                    continue
                whose, through = {"user": who}, _NO_TEAM
            else:
                whose, through = ({"group": who}, _NO_TEAM) if isinstance(who, Group) else ({"group__user": who}, F("group_id"))
            rows = table.objects.running().filter(**whose)
            rows = rows if ids is None else rows.filter(content_object__in=ids)
            facts = {"code": F("permission__codename"), "kind": Value(kind, output_field=CharField()), "on": F("content_object_id")}
            parts.append(rows.annotate(**facts, team=through).values_list(*_COLUMNS))
    first, *others = parts
    return first.union(*others, all=True)


def holders(inside=None):
    """(ids of people, ids of teams) to whom anything was given that runs. Two queries.

    `inside`: {kind: condition on its rows}, to ask about some places only.
    """
    found = []
    for of_team, field in enumerate(("user", "group")):
        parts = [tables[of_team].objects.running().filter(inside[kind] if inside else Q()) for kind, tables in ROWS.items()]
        first, *others = [rows.order_by().values_list(field) for rows in parts]
        found.append({pk for (pk,) in first.union(*others)})
    return tuple(found)


class Holdings:
    """What a person holds in some places, from the rows of rows_given there."""

    def __init__(self, rows):
        self.grants = {}
        for grant in (Grant(*row) for row in rows):
            self.grants.setdefault((grant.kind, grant.on, grant.code), []).append(grant)

    def has(self, right):
        """Whether this right on statuses or actions was given on any of the places, or on a whole workflow."""
        return any(code in {str(right), str(FOR_ALL[right])} for _kind, _on, code in self.grants)

    def need(self, *ways):
        """A need that any of these (kind, id, code) meets, with the rows that meet it."""
        return Need(ways, tuple(grant for way in ways for grant in self.grants.get(way, ())))


def ways_to(right, kind, pk, workflow):
    """How a right on a status or an action can be held: on it alone, or on its whole workflow."""
    return (kind, pk, str(right)), ("workflow", workflow, str(FOR_ALL[right]))
