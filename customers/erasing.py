"""Erasing a customer's data. Each room erases its own (settings.PERSONAL_DATA names the parts); here it begins and ends.

It cannot be undone. What stays has no words of the person: the skeleton of the tickets (numbers, days, departments, ratings as numbers),
the audit log, and the certificate.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from audit.choices import Deed
from audit.log import note
from common.covered import MARK
from common.text import clean_line
from customers.errors import CustomerIsGone, ErasureWaits, NameNotTyped, ReasonMissing, StaffAreNotErased
from customers.finding import forget_document
from customers.history import remember
from customers.identifiers import Identifiers
from customers.masking import REGIONS, Mask
from customers.models import (
    Block,
    Customer,
    CustomerEvent,
    CustomerKey,
    CustomerKind,
    CustomerMerge,
    CustomerNote,
    DuplicateSuggestion,
    Erasure,
    ErasureMode,
    Reveal,
)  # fmt: skip


@dataclass
class Eraser:
    """What the parts need: whose data, how much of it, and what finds them in a text. `counts`: how much of what was erased.

    `addresses`: those they have and those they had, without what is somebody else's by now.
    """

    rows: list
    user: object
    mode: str
    mask: Mask
    addresses: list
    counts: Counter = field(default_factory=Counter)

    @property
    def with_texts(self):
        return self.mode == ErasureMode.TEXTS

    @property
    def pks(self):
        return [row.pk for row in self.rows]

    def text(self, text):
        """Words somebody wrote, as they stay."""
        return (MARK if text else text) if self.with_texts else self.mask.text(text)

    def html(self, html):
        return (f"<p>{MARK}</p>" if html else html) if self.with_texts else str(self.mask.html(html))

    def plain(self, value):
        """JSON without what tells."""
        if isinstance(value, str):
            return self.mask.text(value)
        if isinstance(value, dict):
            return {self.plain(key): self.plain(each) for key, each in value.items()}
        return [self.plain(each) for each in value] if isinstance(value, list) else value

    def scrub(self, rows, *, long_texts=True):
        """Every text column of these rows, whatever the model is, without what tells; long texts go as the mode says."""
        fields = [each for each in rows.model._meta.concrete_fields if is_text(each)]
        for row in rows.iterator(chunk_size=200) if fields else ():
            changed = []
            for each in fields:
                value = getattr(row, each.attname)
                new = self._scrubbed(each, value, long_texts)
                if new != value:
                    setattr(row, each.attname, new)
                    changed.append(each)
            if changed:
                rows.model._base_manager.filter(pk=row.pk).update(**{each.attname: getattr(row, each.attname) for each in changed})
                self.counts["others"] += 1

    def _scrubbed(self, column, value, long_texts):
        if not value:
            return value
        if isinstance(column, models.JSONField):
            return self.plain(value)
        if isinstance(column, models.TextField):
            return self.text(value) if long_texts else self.mask.text(value)
        return self.mask.text(value)[: column.max_length]


def is_text(column):
    """Whether people's words may stand in the column: not in keys, files, codes of a list."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return isinstance(column, kinds) and not column.choices and not column.primary_key and not isinstance(column, models.FileField)


@transaction.atomic
def erase_customer(customer, *, mode, reason, name, by):
    """Erase all that is known of the person, in every row that was merged into this one, and their account.

    `name`: typed by hand, so that nobody erases the wrong one. Raises NameNotTyped, ReasonMissing, CustomerIsGone, StaffAreNotErased, and
    ErasureWaits while a ticket of theirs is open.
    """
    customer = Customer.objects.select_for_update(of=("self",)).select_related("user").get(pk=customer.pk)
    if customer.is_gone:
        raise CustomerIsGone()
    if customer.open_tickets:
        raise ErasureWaits()
    user = customer.user
    if user and (user.is_staff or user.is_superuser):
        raise StaffAreNotErased()
    if clean_line(name).casefold() != str(customer).casefold():
        raise NameNotTyped()
    if not clean_line(reason):
        raise ReasonMissing()
    rows = _with_merged(customer)
    known = _known_of(rows, user)
    eraser = Eraser(rows, user, mode, Mask(Identifiers(**known), REGIONS), _addresses(rows, user, known))
    _erase_own(eraser)  # first, so that tickets are found by nobody's name when the parts write what they are found by
    for erase in import_string(settings.PERSONAL_DATA):
        erase(eraser)
    reason = eraser.mask.text(clean_line(reason, 300))[:300]
    if user:
        user.delete()
        eraser.counts["accounts"] += 1
    done = Erasure.objects.create(customer=customer, mode=mode, reason=reason, counts=dict(eraser.counts), erased_by=by)
    remember(customer, CustomerKind.ERASED, by=by)
    facts = {"did": "erased", "customer": customer.pk, "mode": str(mode)}
    note(Deed.CUSTOMER_CHANGED, by=by, on=customer, name=f"#{customer.pk}", after=facts, reason=reason)
    return done


def _with_merged(customer):
    """The row and all that were merged into it, and into those."""
    rows, last = [customer], [customer.pk]
    while last:
        merged = list(Customer.objects.filter(merged_into__in=last))
        rows += merged
        last = [row.pk for row in merged]
    return rows


def _known_of(rows, user):
    """What tells who they are and who they were: {kind: words}."""
    people = [*rows, *([user] if user else [])]
    before = [merge.before for merge in CustomerMerge.objects.filter(kept__in=[row.pk for row in rows])]
    changes = CustomerEvent.objects.filter(customer__in=[row.pk for row in rows], kind=CustomerKind.CHANGED)
    told = [*before, *({name: pair[0] for name, pair in event.details.get("fields", {}).items()} for event in changes)]

    def every(name):
        return {value for value in (*(getattr(person, name, "") for person in people), *(each.get(name) for each in told)) if value}

    return {"names": every("name"), "companies": every("company"), "emails": every("email"), "phones": every("phone")}


def _addresses(rows, user, known):
    people = [*rows, *([user] if user else [])]
    now = {address for person in people for address in (person.email, person.phone) if address}
    before = {*known["emails"], *known["phones"]} - now
    reached = models.Q(email__in=before) | models.Q(phone__in=before)
    others = Customer.objects.kept().exclude(pk__in=[row.pk for row in rows]).filter(reached)
    accounts = get_user_model().objects.exclude(pk=user.pk if user else None).filter(reached)
    theirs = {address for pair in [*others.values_list("email", "phone"), *accounts.values_list("email", "phone")] for address in pair}
    return sorted(now | (before - theirs))


def _erase_own(eraser):
    """What this room knows of them."""
    pks = eraser.pks
    for word, rows in (
        ("notes", CustomerNote.objects.filter(customer__in=pks)),
        ("blocks", Block.objects.filter(customer__in=pks)),
        ("reveals", Reveal.objects.filter(customer__in=pks)),
        ("history", CustomerEvent.objects.filter(customer__in=pks)),
        ("history", CustomerMerge.objects.filter(models.Q(kept__in=pks) | models.Q(merged__in=pks))),
    ):
        eraser.counts[word] += rows.count()
        rows.delete()
    CustomerKey.objects.filter(customer__in=pks).delete()
    DuplicateSuggestion.objects.filter(models.Q(first__in=pks) | models.Q(second__in=pks)).delete()
    for row in eraser.rows:
        forget_document(row)
    Customer.objects.filter(pk__in=pks).update(
        name="", email="", phone="", company="", organisation=None, organisation_way="", user=None, has_warning=False,
        blocked_at=None, blocked_until=None, hears={}, erased_at=timezone.now(),
    )  # fmt: skip
    eraser.counts["customers"] += len(pks)
