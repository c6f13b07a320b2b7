"""One line of a customer's history, written in the transaction of what happened."""

from customers.models import CustomerEvent


def remember(customer, kind, *, by=None, **details):
    return CustomerEvent.objects.create(customer=customer, kind=kind, actor=by, details=details)
