"""Which fields are asked where: when a customer writes to us, and when an action is done."""

from copy import copy

from common.kept import kept
from custom_fields.models import Field


def fields_to_open_with(department):
    """What customers are asked when they write to this department: copies of the kept ones, which a form may do with as it likes."""
    return [copy(field) for field in kept(("fields to open with", department.pk), lambda: list(_fields_to_open_with(department.pk)))]


def _fields_to_open_with(department):
    return Field.objects.of_department(department).asked_in_forms().select_related("shown_when")


def fields_of_action(action, asked_fields=None):
    """([the fields this action asks for, in its order], {ids of those it requires}).

    `asked_fields`: the ActionFields of an action that is not stored (yet). Fields that were removed are asked no more.
    """
    rows = asked_fields
    if rows is None:
        rows = action.asked_fields.select_related("field__shown_when").order_by("position", "pk")
    rows = [row for row in rows if row.field.archived_at is None]
    return [row.field for row in rows], {row.field.pk for row in rows if row.is_required or row.field.is_required}
