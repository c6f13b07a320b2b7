"""What a ticket holds in the owner's fields, as a reader may know it. Reading only; `tickets.services.fields` changes it."""

from dataclasses import dataclass

from django.db.models import Q

from custom_fields.kinds import kind_of
from custom_fields.models import CustomerAccess, Field, FieldPlace
from custom_fields.showing import asked_among
from tickets.errors import FieldsMissing
from tickets.models import FieldValue


@dataclass(frozen=True)
class Held:
    """One field of a ticket and what stands in it. `words` are covered and in the reader's language; a secret's are dots."""

    field: Field
    value: object = None
    words: str = ""
    may_edit: bool = False
    attachment: object = None

    @property
    def is_there(self):
        return self.value is not None

    @property
    def is_old(self):
        """Whether the owner has removed the field. What stands in it stays to be read."""
        return self.field.archived_at is not None


def stored_values(ticket, fields=None):
    """({field id: neutral value}, {field id: attachment}) of all that is stored, or of these fields. Secrets read as True: that there is one."""
    rows = FieldValue.objects.filter(ticket=ticket.pk).select_related("field", "attachment").defer("secret").order_by("pk")
    by_field = {}
    for row in rows if fields is None else rows.filter(field__in=fields):
        by_field.setdefault(row.field_id, []).append(row)
    values = {pk: True if rows[0].field.is_secret else kind_of(rows[0].field).read(rows) for pk, rows in by_field.items()}
    return values, {pk: rows[0].attachment for pk, rows in by_field.items() if rows[0].attachment_id}


def fields_of(ticket):
    """What is asked about this ticket, and what was once asked and answered."""
    asked = Field.objects.of_department(ticket.department_id).values("pk")
    held = FieldValue.objects.filter(ticket=ticket.pk).values("field")
    return Field.objects.filter(Q(pk__in=asked) | Q(pk__in=held)).select_related("shown_when").order_by("position", "pk")


def values_of(ticket, reader, *, may_answer=False):
    """Every field of the ticket that this member of staff may see, filled or not, in the owner's order. Two queries.

    `may_answer`: whether they may answer in the department; who may not, changes no field. A field that plays no part
    because of what stands in another one is left out, unless something stands in it.
    """
    fields = list(fields_of(ticket).for_reader(reader))
    if not fields:
        return []
    values, files = stored_values(ticket)
    asked = {field.pk for field in asked_among([field for field in fields if field.archived_at is None], values)}
    mask = ticket.__dict__.get("mask")
    return [
        Held(
            field,
            values.get(field.pk),
            _words(field, values.get(field.pk), mask),
            may_edit=may_answer and field.is_theirs and field.archived_at is None,
            attachment=files.get(field.pk),
        )
        for field in fields
        if field.is_open and (field.pk in asked or field.pk in values)
    ]


def values_for_customer(ticket):
    """The fields that customers know, filled or theirs to fill, in their order."""
    fields = list(fields_of(ticket).known_to_customers().exclude(place=FieldPlace.ACTION))
    if not fields:
        return []
    values, files = stored_values(ticket)
    asked = {field.pk for field in asked_among([field for field in fields if field.archived_at is None], values)}
    return [
        Held(
            field,
            values.get(field.pk),
            _words(field, values.get(field.pk)),
            may_edit=field.customer_access == CustomerAccess.EDITS and field.archived_at is None,
            attachment=files.get(field.pk),
        )
        for field in fields
        if field.pk in values or (field.pk in asked and field.customer_access == CustomerAccess.EDITS)
    ]


def missing_for(ticket, status, *, given=None):
    """The fields that must hold something before the ticket may come into this status, and hold nothing. `given`: values about to be written."""
    fields = list(Field.objects.of_department(ticket.department_id).select_related("shown_when"))
    wanted = (
        set(Field.objects.filter(required_in=status, pk__in=[field.pk for field in fields]).values_list("pk", flat=True)) if fields else ()
    )
    if not wanted:
        return []
    values = {**stored_values(ticket)[0], **{field.pk: value for field, value in (given or {}).items()}}
    return [field for field in asked_among(fields, values) if field.pk in wanted and values.get(field.pk) is None]


def guard_fields(ticket, status, *, given=None):
    """Raises FieldsMissing, which names them, when the ticket may not come into this status yet."""
    missing = missing_for(ticket, status, given=given)
    if missing:
        raise FieldsMissing(missing, status)


def _words(field, value, mask=None):
    if value is None:
        return ""
    words = str(kind_of(field).words(field, value))
    return mask.text(words) if mask else words
