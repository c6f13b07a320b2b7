"""Who the reader is to us: the customer behind the account, asked for once for a page, and what a blocked one is told."""

from common.prepared import Prepared
from customers.blocking import running_block
from customers.errors import told_to_customer
from customers.models import Customer


@Prepared
def _customer_of(user):
    return Customer.objects.filter(user=user).select_related("organisation")


def customer_before(request):
    """The customer this person is, or None: visitors, and who never asked anything. One query."""
    if not request.user.is_authenticated:
        return None
    if not hasattr(request, "_customer"):
        request._customer = next(iter(_customer_of(user=request.user.pk)), None)
    return request._customer


def organisation_of(request):
    """The organisation in which this person reads the requests of others, or None. No query more."""
    mine = customer_before(request)
    return mine.organisation if mine and mine.organisation_id and mine.organisation.shares else None


def blocked_words(customer):
    """What a blocked customer reads above everything; "" for all others, without a query."""
    block = running_block(customer) if customer else None
    return told_to_customer(block) if block else ""
