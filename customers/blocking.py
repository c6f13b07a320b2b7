"""May this customer write to us? Every service through which customers' words come in asks here."""

from django.db.models import Q
from django.utils import timezone

from customers.errors import CustomerIsBlocked
from customers.models import Block, Customer


def blocked_now(way=""):
    """The condition on a customer that a block runs. `way`: how the query comes to the customer."""
    still = Q(**{f"{way}blocked_until": None}) | Q(**{f"{way}blocked_until__gt": timezone.now()})
    return Q(**{f"{way}blocked_at__isnull": False}) & still


def running_block(customer):
    """The block that counts, or None. No query for who is not blocked."""
    if not customer.is_blocked:
        return None
    blocks = Block.objects.filter(customer=customer.pk).running()
    return blocks.filter(ends_at=None).first() or blocks.order_by("-ends_at").first()


def guard_not_blocked(customer):
    """Raises CustomerIsBlocked. Whoever has no account is also known by their address: another row of it helps nobody."""
    if customer.is_blocked:
        raise CustomerIsBlocked(running_block(customer))
    if not customer.has_account:
        guard_address(email=customer.email, phone=customer.phone)


def guard_may_open(customer):
    """The same for somebody who opens something new: without an account all that is known of them is what they typed."""
    if customer.has_account:
        guard_not_blocked(customer)
    else:
        guard_address(email=customer.email, phone=customer.phone)


def guard_address(*, email="", phone=""):
    """The same for what a visitor typed. They are told that it is so, but not why: the address may be somebody else's."""
    # Two questions, each of an index that holds few: everybody's addresses are not looked through.
    blocked = Customer.objects.filter(blocked_now())
    merged = Customer.objects.filter(blocked_now("merged_into__"), merged_into__isnull=False)
    if any(rows.filter(Customer.addressed(email=email, phone=phone)).exists() for rows in (blocked, merged)):
        raise CustomerIsBlocked()
