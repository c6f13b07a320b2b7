"""How staff call a customer."""

from django.utils.translation import gettext as _

from common.numbers import local_digits


def customer_words(customer, known):
    """The customer's name, or to whom customer data is closed, a neutral word that still tells two customers apart."""
    if known:
        return str(customer)
    return _("Customer %(number)s") % {"number": local_digits(customer.pk)}
