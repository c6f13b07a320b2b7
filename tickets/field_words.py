"""What a ticket and its customer hold in the owner's fields, in words for texts, as one reader may know it. Secrets are never among them."""

from common.text import clean_text
from custom_fields.kinds import kind_of
from custom_fields.models import CustomerAccess, CustomerValue, Field, FieldKind
from customers.models import Customer
from tickets.covering import neutral_name
from tickets.field_values import stored_values


def field_facts(ticket, *, reader, mask):
    """{“field:serial”: words} of every field; empty where nothing was filled in, and where it is not for this reader to know."""
    every = list(Field.objects.prefetch_related("viewers"))
    values, files = stored_values(ticket) if ticket.pk else ({}, {})
    if ticket.customer_id and not mask.covers:
        values |= _values_of(ticket.customer)
    teams = _teams_of(reader)
    return {
        f"field:{field.key}": _words(field, values[field.pk], files, mask) if field.pk in values and _may_read(field, reader, teams) else ""
        for field in every
    }


def _values_of(customer):
    rows = {}
    for row in CustomerValue.objects.filter(customer=customer.pk).select_related("field").defer("secret").order_by("pk"):
        rows.setdefault(row.field_id, []).append(row)
    return {pk: kind_of(found[0].field).read(found) for pk, found in rows.items() if not found[0].field.is_secret}


def _teams_of(reader):
    is_staff = reader is not None and not isinstance(reader, Customer)
    return set(reader.groups.values_list("pk", flat=True)) if is_staff else set()


def _may_read(field, reader, teams):
    if field.is_secret:
        return False
    if isinstance(reader, Customer):
        return field.customer_access != CustomerAccess.NONE
    allowed = {team.pk for team in field.viewers.all()}
    return reader is None or not allowed or bool(allowed & teams)


def _words(field, value, files, mask):
    if value is None:
        return ""
    if field.kind == FieldKind.FILE:
        attachment = files.get(field.pk)
        return "" if attachment is None else neutral_name(attachment, mask) if mask.covers else attachment.name
    return mask.text(clean_text(kind_of(field).words(field, value)))
