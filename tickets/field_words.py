"""What a ticket holds in the owner's fields, in words, as one reader may know it. Secrets are never among them."""

from django.utils.translation import pgettext
from i18nfield.strings import LazyI18nString

from common.moments import format_moment
from common.numbers import format_number
from common.text import clean_text
from custom_fields.models import CustomerAccess, Field, FieldKind
from customers.models import Customer


def field_facts(ticket, *, reader, mask):
    """{“field:serial”: words} of every field; empty where nothing was filled in, and where it is not for this reader to know."""
    every = Field.objects.prefetch_related("viewers")
    fields = [field for field in every if _may_read(reader, field)]
    of_ticket = ticket.values.filter(field__in=fields).select_related("field", "attachment") if ticket.pk else []
    of_customer = ticket.customer.values.filter(field__in=fields).select_related("field") if ticket.customer_id else []
    words = {}
    for value in [*of_ticket, *([] if mask.covers else of_customer)]:
        words.setdefault(value.field_id, []).append(mask.text(_words(value)))
    return {f"field:{field.key}": ", ".join(words.get(field.pk, [])) for field in every}


def _may_read(reader, field):
    if field.is_secret:
        return False
    if isinstance(reader, Customer):
        return field.customer_access != CustomerAccess.NONE
    teams = {team.pk for team in field.viewers.all()}
    return reader is None or not teams or reader.groups.filter(pk__in=teams).exists()


def _words(value):
    kind = value.field.kind
    if kind == FieldKind.NUMBER:
        return format_number(value.number.normalize()) if value.number is not None else ""
    if kind == FieldKind.DATE:
        return format_moment(value.date, "day")
    if kind in {FieldKind.CHOICE, FieldKind.SEVERAL}:
        return _option(value)
    if kind == FieldKind.YES_NO:
        return pgettext("value of a field", "yes") if (value.option or value.text) == "yes" else pgettext("value of a field", "no")
    if kind == FieldKind.FILE:
        attachment = getattr(value, "attachment", None)
        return attachment.name if attachment else ""
    return clean_text(value.text)


def _option(value):
    label = next((option.get("label") for option in value.field.options if option.get("key") == value.option), value.option)
    return str(LazyI18nString(label))
