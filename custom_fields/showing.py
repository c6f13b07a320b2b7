"""Which fields play a part, as far as this hangs on what was said in others."""

from custom_fields.kinds import kind_of


def is_asked(field, values, fields):
    """Whether the field plays a part beside these values {field id: neutral value}; `fields`: {id: field} of those that are in use.

    What hangs on a field that is not in use, or asked elsewhere, is always asked. One that hangs on a field that is not asked is not asked either.
    """
    seen = {field.pk}
    while field.shown_when_id and field.shown_when_id in fields and field.shown_when_id not in seen:
        seen.add(field.shown_when_id)
        parent = fields[field.shown_when_id]
        value = values.get(parent.pk)
        if value is None or not set(kind_of(parent).keys(value)) & set(field.shown_when_values):
            return False
        field = parent
    return True


def asked_among(fields, values):
    """Those of the fields that play a part beside these values, in their order."""
    by_id = {field.pk: field for field in fields}
    return [field for field in fields if is_asked(field, values, by_id)]
