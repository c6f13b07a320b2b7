"""What a ticket holds in the owner's fields, as a reader may know it. Reading only; `tickets.services.fields` changes it."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import pgettext

from common.prepared import Prepared
from custom_fields.kinds import kind_of
from custom_fields.models import CustomerAccess, Field, FieldKind, FieldPlace
from custom_fields.showing import asked_among
from customers.masking import OPEN
from tickets.covering import neutral_name
from tickets.errors import FieldsMissing
from tickets.models import FieldValue, Ticket

#: What Ticket.fields does not repeat: it would be long, or needs more than a value. A secret stands there as True: that there is one.
NOT_ON_THE_ROW = {FieldKind.FILE, FieldKind.LONG_TEXT}


@dataclass(frozen=True)
class Held:
    """One field of a ticket, or of a customer, and what stands in it. `words` are covered and in the reader's language; a secret's are dots."""

    field: Field
    value: object = None
    words: str = ""
    may_edit: bool = False
    attachment: object = None
    file_name: str = ""

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


def _values_of_row(ticket, fields):
    """The same for these fields, from the ticket's own row where it repeats them: a query only where there are files or long texts."""
    by_id = {str(field.pk): field for field in fields}
    held = {pk: plain for pk, plain in ticket.fields.items() if pk in by_id and by_id[pk].kind not in NOT_ON_THE_ROW}
    values = {int(pk): plain if by_id[pk].is_secret else kind_of(by_id[pk]).from_plain(plain) for pk, plain in held.items()}
    rest = [field for field in fields if field.kind in NOT_ON_THE_ROW]
    more, files = stored_values(ticket, rest) if rest else ({}, {})
    return values | more, files


def fields_of(ticket):
    """What is asked about this ticket, and what was once asked and answered."""
    asked = Field.objects.of_department(ticket.department_id).values("pk")
    held = FieldValue.objects.filter(ticket=ticket.pk).values("field")
    return Field.objects.filter(Q(pk__in=asked) | Q(pk__in=held)).select_related("shown_when").order_by("position", "pk")


def fields_before(ticket, reader):
    """The fields of this ticket, each with `is_open` and `is_theirs` for this member of staff. One query; none where the ticket knows there are none."""
    if not getattr(ticket, "has_fields", True):
        return []
    if getattr(reader, "seen_by", None):
        return list(fields_of(ticket).for_reader(reader))
    return _fields_before(ticket=ticket.pk, department=ticket.department_id, reader=reader.pk)


@Prepared
def _fields_before(ticket, department, reader):
    return fields_of(Ticket(pk=ticket, department_id=department)).for_reader(get_user_model()(pk=reader))


def values_of(ticket, reader, *, fields=None, may_answer=False, even_unasked=False):
    """Every field of the ticket that this member of staff may see, filled or not, in the owner's order.

    `may_answer`: whether they may answer in the department; who may not, changes no field. A field that plays no part
    because of what stands in another one is left out, unless something stands in it, or it is wanted `even_unasked`.
    """
    fields = fields_before(ticket, reader) if fields is None else fields
    if not fields:
        return []
    values, files = _values_of_row(ticket, fields)
    asked = {field.pk for field in asked_among([field for field in fields if field.archived_at is None], values)}
    mask = ticket.__dict__.get("mask") or OPEN
    return [
        Held(
            field,
            values.get(field.pk),
            _words(field, values.get(field.pk), mask),
            may_edit=may_answer and field.is_theirs and field.archived_at is None and not _is_covered(field, values.get(field.pk), mask),
            attachment=files.get(field.pk),
            file_name=_file_name(files.get(field.pk), mask),
        )
        for field in fields
        if field.is_open and (even_unasked or field.pk in asked or field.pk in values)
    ]


def values_for_customer(ticket, *, even_unasked=False):
    """The fields that customers know, filled or theirs to fill, in their order; with those that play no part now, where wanted."""
    fields = list(fields_of(ticket).known_to_customers().exclude(place=FieldPlace.ACTION))
    if not fields:
        return []
    values, files = _values_of_row(ticket, fields)
    asked = {field.pk for field in asked_among([field for field in fields if field.archived_at is None], values)}
    return [
        Held(
            field,
            values.get(field.pk),
            _words(field, values.get(field.pk)),
            may_edit=field.customer_access == CustomerAccess.EDITS and field.archived_at is None,
            attachment=files.get(field.pk),
            file_name=_file_name(files.get(field.pk), OPEN),
        )
        for field in fields
        if field.pk in values or ((even_unasked or field.pk in asked) and field.customer_access == CustomerAccess.EDITS)
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


def change_words(field, change, mask=None):
    """One change of the history in words: “Order number: A-17”, “Order number: A-17 → B-18”, “Order number: emptied”."""
    kind = kind_of(field)
    values = [value if value is None or field.is_secret else kind.from_plain(value) for value in (change["before"], change["after"])]
    before, after = (None if value is None else _words(field, value, mask) for value in values)
    names = {"field": f"\u2068{field.label}\u2069", "before": f"\u2068{before}\u2069", "after": f"\u2068{after}\u2069"}
    if after is None:
        return pgettext("history", "%(field)s: emptied") % names
    if before is None or field.is_secret or field.kind == FieldKind.FILE:
        return pgettext("history", "%(field)s: %(after)s") % names
    return pgettext("history", "%(field)s: %(before)s → %(after)s") % names


def _words(field, value, mask=None):
    if value is None:
        return ""
    words = str(kind_of(field).words(field, value))
    return mask.text(words) if mask else words


def _is_covered(field, value, mask):
    """Whether something of the value is hidden from the reader, who would lose it by typing over it."""
    return mask.covers and value is not None and _words(field, value) != _words(field, value, mask)


def _file_name(attachment, mask):
    """Under the mask a file goes by what it is: whoever filled in the field named it."""
    if attachment is None:
        return ""
    return neutral_name(attachment, mask) if mask.covers else attachment.name
