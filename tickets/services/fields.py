"""Writing into the owner's fields. Who may write which is the doors' matter."""

from django.db import transaction

from custom_fields.kinds import kind_of
from custom_fields.models import FieldKind
from customers.blocking import guard_not_blocked
from tickets.choices import Kind
from tickets.field_values import NOT_ON_THE_ROW, guard_fields, missing_for, stored_values, values_for_customer, values_of
from tickets.history import record
from tickets.models import FieldValue
from tickets.search import writing as search
from tickets.services.lifecycle import locked
from tickets.services.writing import attach, touch

__all__ = ["guard_fields", "missing_for", "values_for_customer", "values_of", "write_values"]


@transaction.atomic
def write_values(ticket, values, *, by=None, by_customer=False, record_event=True):
    """Keep these {Field: neutral value}; None empties a field. What stays as it is counts for nothing.

    Returns {field id: {"before", "after"}} of what changed, as plain facts: of a secret only whether there was and is one.
    The given ticket knows of it too, so that whoever holds it may go on.
    """
    if not values:
        return {}
    stored = locked(ticket)
    if by_customer:
        guard_not_blocked(stored.customer)
    before, _files = stored_values(stored, [field.pk for field in values])
    changed, lists = {}, dict(stored.fields)
    for field, value in values.items():
        old = before.get(field.pk)
        if value == old:
            continue
        new = _keep(stored, field, value)
        kind = kind_of(field)
        changed[field.pk] = {"before": _plain(kind, old), "after": _plain(kind, new)}
        lists.pop(str(field.pk), None)
        if new is not None and field.kind not in NOT_ON_THE_ROW:
            lists[str(field.pk)] = kind.plain(new)
    if not changed:
        return {}
    stored.fields = lists
    touch(stored, "fields")
    if any(change["before"] is not None for change in changed.values()):
        search.write(stored)  # no longer by what stood there
    else:
        search.append_values(stored, list(changed))
    if record_event:
        record(stored, Kind.FIELDS_CHANGED, by=by, by_customer=by_customer, fields=changed)
    for name in ("fields", "version", "updated_at"):
        setattr(ticket, name, getattr(stored, name))
    return changed


def _plain(kind, value):
    return None if value is None else kind.plain(value)


def _keep(ticket, field, value):
    """Put the value in the place of the old one. Returns what is kept: the id of the attachment, for a file."""
    rows = FieldValue.objects.filter(ticket=ticket, field=field)
    if field.kind == FieldKind.FILE:
        _forget_files(rows)
    rows.delete()
    if value is None:
        return None
    if field.kind == FieldKind.FILE:
        attachment = attach(ticket.messages.order_by("created_at", "pk").first(), value)
        FieldValue.objects.create(ticket=ticket, field=field, attachment=attachment)
        return str(attachment.pk)
    FieldValue.objects.bulk_create([FieldValue(ticket=ticket, field=field, **columns) for columns in kind_of(field).rows(value)])
    return value


def _forget_files(rows):
    """The files themselves go once it is certain that no row names them."""
    for row in rows.select_related("attachment"):
        files = [file for file in (row.attachment.file, row.attachment.thumbnail) if file]
        row.attachment.delete()  # takes the row with it
        transaction.on_commit(lambda files=files: [file.storage.delete(file.name) for file in files])
