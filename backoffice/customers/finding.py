"""Finding customers by what one has of them: a name, an address, a number."""

from django.db.models import Q

from common.numbers import ascii_digits
from common.text import clean_line

WORDS = 6


def matching(customers, text):
    """Customers in whose name, company or addresses every word occurs. Digits of any script find phone numbers."""
    for word in clean_line(text, 200).split()[:WORDS]:
        digits = "".join(sign for sign in ascii_digits(word) if sign.isdigit()).lstrip("0")
        found = Q(name__icontains=word) | Q(company__icontains=word) | Q(email__icontains=word)
        if len(digits) >= 3 and not any(sign.isalpha() for sign in word):
            found |= Q(phone__contains=digits)
        customers = customers.filter(found)
    return customers
