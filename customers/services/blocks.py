"""Blocking a customer and letting them write again. Blocks are kept for good; the customer's row repeats what counts now."""

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from common.text import clean_line, clean_text
from customers.blocking import running_block
from customers.errors import EndInThePast, ReasonMissing
from customers.history import remember
from customers.masking import Mask
from customers.models import Block, Customer, CustomerKind


@transaction.atomic
def block_customer(customer, *, reason, words="", until=None, by):
    """From now on nothing they write is taken, by no door, until the moment or for ever. Blocking again takes the place of the old block.

    Raises ReasonMissing, EndInThePast.
    """
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    reason = clean_line(reason, 300)
    if not reason:
        raise ReasonMissing()
    if until and until <= timezone.now():
        raise EndInThePast()
    _end(customer, by=by, reason="")
    block = Block.objects.create(customer=customer, reason=reason, words=clean_text(words)[:500], ends_at=until, blocked_by=by)
    keep_blocked(customer)
    told = until.isoformat() if until else None
    remember(customer, CustomerKind.BLOCKED, by=by, reason=reason, until=told)
    _note(customer, "blocked", by=by, reason=reason, until=told)
    return block


@transaction.atomic
def unblock_customer(customer, *, reason="", by):
    """Take what they write again. Unblocking who is not blocked changes nothing."""
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if not customer.is_blocked:
        return customer
    reason = clean_line(reason, 300)
    _end(customer, by=by, reason=reason)
    keep_blocked(customer)
    remember(customer, CustomerKind.UNBLOCKED, by=by, reason=reason)
    _note(customer, "unblocked", by=by, reason=reason)
    return customer


def _end(customer, *, by, reason):
    customer.blocks.running().update(ended_at=timezone.now(), ended_by=by, end_reason=reason)


def keep_blocked(customer):
    """Let the customer's row say what the blocks say."""
    customer.blocked_at, customer.blocked_until = timezone.now(), None  # only to ask
    block = running_block(customer)
    customer.blocked_at, customer.blocked_until = (block.created_at, block.ends_at) if block else (None, None)
    Customer.objects.filter(pk=customer.pk).update(blocked_at=customer.blocked_at, blocked_until=customer.blocked_until)


def _note(customer, did, *, by, reason, **facts):
    """Named by number, and the reason without what tells: not everybody who reads the log may know the customer, and it is never erased."""
    reason = Mask.of(customer).text(reason)[:300]
    told = {"did": did, "customer": customer.pk, **{name: value for name, value in facts.items() if value}}
    note(Deed.CUSTOMER_CHANGED, by=by, on=customer, name=f"#{customer.pk}", after=told, reason=reason)
