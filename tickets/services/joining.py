"""Two customers who are one: merged, and parted again. Lives here because their tickets, and what those are found by, go with them."""

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from custom_fields.models import CustomerValue
from customers.duplicates import keep_keys
from customers.errors import CustomerIsGone, MergedOnAlready, SameCustomer, TwoAccounts
from customers.finding import forget_document, write_document
from customers.history import remember
from customers.models import Customer, CustomerKind, CustomerMerge, DuplicateSuggestion
from customers.services.blocks import keep_blocked
from customers.services.customers import VALUES, take_over, what_moves
from customers.services.notes import keep_mark
from tickets.search.writing import rename
from tickets.standing import keep_standing

#: What the kept one may take from the other. Name and addresses of an account are the account's.
CHOSEN = ("name", "email", "phone", "language", "company")
BATCH = 500
OF_ACCOUNT = {"name", "email", "phone", "language"}


@transaction.atomic
def merge_customers(merged, *, into, take=(), by):
    """All that belongs to `merged` belongs to `into` from now on, who takes over these fields as well (names of CHOSEN). Can be undone.

    Raises SameCustomer, CustomerIsGone, and TwoAccounts: two people sign in, and nobody may read what the other one was told.
    """
    if merged.pk == into.pk:
        raise SameCustomer()
    rows = {row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=[merged.pk, into.pk]).order_by("pk")}
    merged, into = rows[merged.pk], rows[into.pk]
    if any(row.is_gone for row in rows.values()):
        raise CustomerIsGone()
    if merged.has_account:
        raise TwoAccounts()
    before = {name: getattr(into, name) for name in CHOSEN}
    moved = {label: pks for label, pks in take_over(what_moves(merged), merged, into).items() if pks}
    moved |= {VALUES: _move_values(merged, into)}
    for name in take:
        if name in CHOSEN and not (into.has_account and name in OF_ACCOUNT):
            setattr(into, name, getattr(merged, name))
    into.save(update_fields=CHOSEN)
    Customer.objects.filter(pk=merged.pk).update(merged_into=into)
    merge = CustomerMerge.objects.create(kept=into, merged=merged, moved=moved, before=before, merged_by=by)
    pair = {"first": min(merged.pk, into.pk), "second": max(merged.pk, into.pk)}
    DuplicateSuggestion.objects.filter(**pair).update(dismissed_at=timezone.now(), dismissed_by=by)
    _settle(into, merged)
    forget_document(merged)
    remember(into, CustomerKind.MERGED, by=by, other=merged.pk, name=str(merged))
    remember(merged, CustomerKind.MERGED, by=by, other=into.pk, name=str(into), into=True)
    _note(into, "merged", by=by, other=merged.pk)
    return merge


@transaction.atomic
def unmerge_customers(merge, *, by):
    """Part them again: each has what it had, and what came since stays with the kept one. Undoing twice undoes once.

    Raises MergedOnAlready where the kept one was merged on itself.
    """
    merge = CustomerMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        return merge
    rows = {row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=[merge.kept_id, merge.merged_id]).order_by("pk")}
    kept, merged = rows[merge.kept_id], rows[merge.merged_id]
    if kept.is_gone or merged.merged_into_id != kept.pk:
        raise MergedOnAlready()
    relations = {relation.field.model._meta.label + "." + relation.field.name: relation for relation in what_moves(merged)}
    for label, pks in merge.moved.items():
        model, name = (CustomerValue, "customer") if label == VALUES else (relations[label].field.model, relations[label].field.name)
        for start in range(0, len(pks), BATCH):
            theirs = model._base_manager.filter(**{"pk__in": pks[start : start + BATCH], name: kept})
            theirs.update(**{name: merged})
    for name, value in merge.before.items():
        if getattr(kept, name) == getattr(merged, name):
            setattr(kept, name, value)
    kept.save(update_fields=CHOSEN)
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    _settle(kept, merged)
    write_document(merged)
    keep_keys(merged)
    rename(merged)
    remember(kept, CustomerKind.UNMERGED, by=by, other=merged.pk, name=str(merged))
    remember(merged, CustomerKind.UNMERGED, by=by, other=kept.pk, name=str(kept))
    _note(kept, "unmerged", by=by, other=merged.pk)
    return merge


def _move_values(merged, into):
    """What stands in the owner's fields about the one, where the other has nothing; the rest stays where it is."""
    filled = into.values.values("field")
    pks = list(merged.values.exclude(field__in=filled).values_list("pk", flat=True))
    merged.values.filter(pk__in=pks).update(customer=into)
    return pks


def _settle(kept, merged):
    """Both rows say what is so now, and what is found is found under the kept one's name."""
    for customer in (kept, merged):
        keep_blocked(customer)
        keep_mark(customer)
    keep_standing([kept.pk, merged.pk])
    write_document(kept)
    keep_keys(kept)
    rename(kept)


def _note(customer, did, *, by, other):
    note(Deed.CUSTOMER_CHANGED, by=by, on=customer, name=f"#{customer.pk}", after={"did": did, "customer": other})
