"""What staff should know about a customer: written, changed, pinned, taken away. Who may is the doors' matter."""

from django.db import transaction
from django.utils import timezone

from common.text import clean_line
from customers.history import remember
from customers.models import Customer, CustomerKind, CustomerNote

LONGEST = 500


@transaction.atomic
def add_customer_note(customer, *, text, is_warning=False, is_pinned=False, by):
    note = CustomerNote.objects.create(
        customer=customer, text=clean_line(text, LONGEST), is_warning=is_warning, is_pinned=is_pinned, author=by
    )
    keep_mark(customer)
    remember(customer, CustomerKind.NOTE_ADDED, by=by, is_warning=is_warning)
    return note


def add_organisation_note(organisation, *, text, is_warning=False, is_pinned=False, by):
    """About all members, those who will come as well."""
    return CustomerNote.objects.create(
        organisation=organisation, text=clean_line(text, LONGEST), is_warning=is_warning, is_pinned=is_pinned, author=by
    )


@transaction.atomic
def change_customer_note(note, *, text, is_warning, is_pinned, by):
    """Its words and its weight, whatever it is about. Its author stays; the history says who changed it. None where it is gone meanwhile."""
    note = CustomerNote.objects.select_for_update(of=("self",)).select_related("customer").filter(pk=note.pk).first()
    if note is None:
        return None
    before = note.text, note.is_warning, note.is_pinned
    note.text, note.is_warning, note.is_pinned = after = clean_line(text, LONGEST), is_warning, is_pinned
    if before == after:
        return note
    if before[:2] != after[:2]:
        note.changed_at = timezone.now()
        if note.customer:
            remember(note.customer, CustomerKind.NOTE_CHANGED, by=by, is_warning=is_warning, before=before[0], after=after[0])
    note.save(update_fields=["text", "is_warning", "is_pinned", "changed_at"])
    if note.customer:
        keep_mark(note.customer)
    return note


@transaction.atomic
def remove_customer_note(note, *, by):
    """Gone from everywhere; what it said stays in the customer's history. Removing twice leaves one line."""
    found = CustomerNote.objects.select_for_update(of=("self",)).select_related("customer").filter(pk=note.pk).first()
    if found is None:
        return
    customer = found.customer
    found.delete()
    if customer:
        remember(customer, CustomerKind.NOTE_REMOVED, by=by, is_warning=found.is_warning, before=found.text)
        keep_mark(customer)


def keep_mark(customer):
    """Let the customer's row say whether there is a warning, so that lists need not ask."""
    Customer.objects.filter(pk=customer.pk).update(has_warning=CustomerNote.objects.filter(customer=customer, is_warning=True).exists())
