"""How staff call a customer."""

from functools import cache, lru_cache

from django.db.models.base import ModelState
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.numbers import local_digits
from customers.models import Customer


def customer_words(customer, known):
    """The customer's name, or to whom customer data is closed, a neutral word that still tells two customers apart."""
    return str(customer) if known else _without_name(get_language()) % {"number": local_digits(customer.pk)}


@lru_cache
def _without_name(_language):
    """A list of covered customers has fifty of these. The language is the active one."""
    return _("Customer %(number)s")


def reach_words(customer):
    """By which ways our words reach this customer."""
    account = customer.user
    has_email = bool((account.email if account else "") or customer.email)
    has_phone = bool((account.phone if account else "") or customer.phone)
    if has_email and has_phone:
        return _("by e-mail and SMS")
    if has_email:
        return _("by e-mail")
    return _("by SMS") if has_phone else _("in the portal only")


_NEVER_TELLING = ("language", "created_at", "blocked_at", "blocked_until", "has_warning")


def stand_in(customer):
    """Somebody of this id and language without a name, an address or an account: for pages of those who may not know more."""
    known = {name: getattr(customer, name) for name in _NEVER_TELLING if name in customer.__dict__}
    # As Customer(…) makes one, without asking each of its fields: a list has fifty of them.
    somebody = Customer.__new__(Customer)
    somebody._state = ModelState()
    plain, made = _nobody()
    somebody.__dict__ |= plain | {name: make() for name, make in made}
    somebody.__dict__ |= known | {"id": customer.pk, "name": customer_words(customer, False)}
    return somebody


@cache
def _nobody():
    """({field: value}, [(field, what makes its value)]) of a customer of whom nothing is known. None may be missing: it would be looked up."""
    makers = {field for field in Customer._meta.concrete_fields if field.has_default() and callable(field.default)}
    plain = {field.attname: field.get_default() for field in Customer._meta.concrete_fields if field not in makers}
    return plain, [(field.attname, field.get_default) for field in makers]
