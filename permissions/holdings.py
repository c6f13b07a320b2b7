"""Everything that was given to one person in a few places, read with one query, each row with its way: team, role, end."""

from django.contrib.auth import get_user_model
from django.db.models import CharField, F, Value

from permissions.decisions import Grant, Need
from permissions.models import ROWS
from permissions.querysets import may_hold_rights
from permissions.rights import FOR_ALL

_COLUMNS = ["code", "kind", "on", "team", "role_id", "ends_at", "is_emergency"]


class Holdings:
    """What a person holds on the given places: {kind: ids}. One query, however much was given."""

    def __init__(self, user, **places):
        self.user = user
        self.grants = {}
        if not may_hold_rights(user):
            return
        parts = []
        for kind, ids in places.items():
            for table in ROWS[kind]:
                to_person = hasattr(table, "user")
                whose = {"user": user} if to_person else {"group__user": user}
                rows = table.objects.running().filter(content_object__in=ids, **whose)
                team = Value(None, output_field=get_user_model()._meta.pk) if to_person else F("group_id")
                parts.append(
                    rows.annotate(
                        code=F("permission__codename"), kind=Value(kind, output_field=CharField()), on=F("content_object_id"), team=team
                    ).values_list(*_COLUMNS)
                )
        first, *others = parts
        for row in first.union(*others, all=True):
            grant = Grant(*row)
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
