"""What owners do with fields. Every change is in the audit log with before and after."""

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import differences, note
from common.ordering import move_row
from custom_fields.kinds import kind_of
from custom_fields.models import CustomerValue, Field

#: What a form may set, and what the audit log tells of.
PLAIN = [
    "place", "kind", "label", "help", "options", "is_required", "in_forms", "in_lists", "customer_access", "shown_when", "shown_when_values",
    "wiped_after_days",
]  # fmt: skip
SEVERAL = ["departments", "required_in", "viewers", "editors"]


@transaction.atomic
def save_field(field, changes, *, by, store):
    """Write these changes into the field, a new one at the end of its like. Saving what is already so leaves no line."""
    is_new = field.pk is None
    before = {} if is_new else facts_of(field)
    for name in PLAIN:
        if name in changes:
            setattr(field, name, changes[name])
    if is_new:
        field.position = Field.objects.count()
    field.save()
    for name in SEVERAL:
        if name in changes:
            getattr(field, name).set(changes[name])
    before, after = differences(before, facts_of(field))
    if is_new or before or after:
        note(Deed.SETTINGS_CHANGED, by=by, on=field, before=before, after=after | {"did": "made" if is_new else "changed"}, store=store)
    return field


def facts_of(field):
    """The field as neutral facts."""
    facts = {name: getattr(field, name) for name in PLAIN if name not in {"label", "help", "shown_when", "options"}}
    facts |= {f"label:{code}": words for code, words in _by_language(field.label).items()}
    facts |= {f"help:{code}": words for code, words in _by_language(field.help).items()}
    facts["shown_when"] = str(field.shown_when or "")
    facts["options"] = [
        {"id": option["key"], "name": " / ".join(option["label"].values())} for option in field.options if not option.get("archived")
    ]
    facts |= {name: [{"id": row.pk, "name": str(row)} for row in getattr(field, name).order_by("pk")] for name in SEVERAL}
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def _by_language(words):
    data = getattr(words, "data", words)
    return {code: text for code, text in data.items() if text} if isinstance(data, dict) else {"en": data} if data else {}


@transaction.atomic
def move_field(field, *, places, by, store):
    """Among its like: fields of tickets, of actions, of customers."""
    rows = Field.objects.select_for_update().kept().filter(place=field.place)
    if move_row(rows, field, places):
        note(Deed.SETTINGS_CHANGED, by=by, on=field, after={"did": "moved"}, store=store)


@transaction.atomic
def archive_field(field, *, by, store):
    """Ask for it no more. What stands in it stays, and is shown as old; actions and other fields let go of it."""
    field = Field.objects.select_for_update().get(pk=field.pk)
    if field.archived_at is not None:
        return field
    field.archived_at = timezone.now()
    field.save(update_fields=["archived_at"])
    note(Deed.SETTINGS_CHANGED, by=by, on=field, after={"did": "removed"}, store=store)
    return field


@transaction.atomic
def restore_field(field, *, by, store):
    """Ask for it again, with all that was kept. One that is asked stays as it is."""
    field = Field.objects.select_for_update().get(pk=field.pk)
    if field.archived_at is None:
        return field
    field.archived_at = None
    field.save(update_fields=["archived_at"])
    note(Deed.SETTINGS_CHANGED, by=by, on=field, after={"did": "restored"}, store=store)
    return field


@transaction.atomic
def write_customer_values(customer, values):
    """Keep these {Field: neutral value} about the customer; None empties a field. Returns the fields that changed."""
    type(customer).objects.select_for_update().values_list("pk").get(pk=customer.pk)
    before, changed = customer_values(customer), []
    for field, value in values.items():
        if before.get(field.pk) == value:
            continue
        CustomerValue.objects.filter(customer=customer, field=field).delete()
        if value is not None:
            CustomerValue.objects.bulk_create(
                [CustomerValue(customer=customer, field=field, **columns) for columns in kind_of(field).rows(value)]
            )
        changed.append(field)
    return changed


def customer_values(customer):
    """{field id: neutral value}"""
    by_field = {}
    for row in CustomerValue.objects.filter(customer=customer).select_related("field").defer("secret").order_by("pk"):
        by_field.setdefault(row.field_id, []).append(row)
    return {pk: kind_of(rows[0].field).read(rows) for pk, rows in by_field.items()}
