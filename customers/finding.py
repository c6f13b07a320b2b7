"""Finding customers by what one has of them: a name, an address, a number; also the end of one."""

from dataclasses import replace

from django.db import transaction

from common.fulltext.conditions import matches
from common.fulltext.cutting import indexed
from common.fulltext.index import FullText
from common.fulltext.wanted import Term, Wanted
from customers.models import Customer, CustomerDocument

CUSTOMERS = FullText("customers_customerdocument", key="customer_id", zones=("names", "addresses"))


def matching(customers, text):
    """Customers in whose name, company or addresses every word occurs. Digits of any script find phone numbers, with or without a zero before."""
    wanted = Wanted.of(text)
    return customers.filter(matches(CUSTOMERS, replace(wanted, terms=tuple(map(_without_zeros, wanted.terms)))))


def _without_zeros(term):
    """0601 220 999 is +48 601 220 999."""
    digits = "".join(term.words)
    number = digits.lstrip("0")
    return Term((number,)) if digits.isdecimal() and digits.startswith("0") and len(number) >= 3 else term


def write_document(customer):
    """Let the customer be found by what they are called now, and by their addresses."""
    CUSTOMERS.write([_row(customer)])


def forget_document(customer):
    """Let no search find the customer any more."""
    CustomerDocument.objects.filter(customer=customer).delete()


@transaction.atomic
def write_all(pks):
    """The same for many, as the table has them."""
    CUSTOMERS.write(_row(customer) for customer in Customer.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def _row(customer):
    return customer.pk, None, [indexed(f"{customer.name} {customer.company}"), indexed(f"{customer.email} {customer.phone}")]
