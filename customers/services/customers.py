"""Changing what we know of customers."""

from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.services import person_at, proven_addresses
from common.prepared import Prepared
from common.text import clean_line
from customers.duplicates import keep_keys
from customers.errors import AddressOfAnAccount, CustomerIsGone, NoWayToReach
from customers.finding import write_document
from customers.history import remember
from customers.models import (
    Customer,
    CustomerDocument,
    CustomerEvent,
    CustomerKey,
    CustomerKind,
    CustomerMerge,
    DuplicateSuggestion,
)  # fmt: skip
from customers.services.blocks import keep_blocked
from customers.services.organisations import follow_domain


@transaction.atomic
def add_customer(**fields):
    """Keep a new customer, whom a search finds from now on."""
    customer = Customer.objects.create(**fields)
    write_document(customer)
    keep_keys(customer)
    return customer


@transaction.atomic
def change_customer(customer, changes, *, by):
    """Keep what staff know better now: name, e-mail, mobile number, company, language. Name and addresses of an account are the account's.

    Returns the customer. Raises CustomerIsGone, NoWayToReach, AddressOfAnAccount: whoever has an account would inherit these tickets.
    """
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.is_gone:
        raise CustomerIsGone()
    names = ("company",) if customer.has_account else ("name", "email", "phone", "company", "language")
    changed = {
        name: [getattr(customer, name), changes[name]]
        for name in names
        if changes.get(name, getattr(customer, name)) != getattr(customer, name)
    }
    for name, (_before, after) in changed.items():
        setattr(customer, name, after)
    if not changed:
        return customer
    if not customer.has_account and not (customer.email or customer.phone):
        raise NoWayToReach()
    for name in ("email", "phone"):
        if name in changed and person_at(changes[name]):
            raise AddressOfAnAccount(field=name)
    customer.save(update_fields=list(changed))
    remember(customer, CustomerKind.CHANGED, by=by, fields=changed)
    write_document(customer)
    keep_keys(customer)
    return customer


def customer_of(user):
    """The customer this person is; made on first need, with what the account knows."""
    return next(iter(_customer_of(user=user.pk)), None) or _new_customer_of(user)


@Prepared
def _customer_of(user):
    return Customer.objects.filter(user=user)


@transaction.atomic
def _new_customer_of(user):
    try:
        with transaction.atomic():
            known = {"email": user.email or "", "phone": user.phone or "", "language": user.language or "en"}
            customer = add_customer(user=user, name=user.name, **known)
            follow_domain(customer)
            return customer
    except IntegrityError:  # two pages of the same person at once
        return Customer.objects.get(user=user)


@transaction.atomic
def visitor(*, name, email="", phone="", language):
    """The customer without an account behind this address; made when there is none.

    Only accountless customers are found, so that a visitor who types somebody's address never writes in that person's name;
    and only with the very same addresses, so that one typed beside a stranger's number never hears of the stranger's tickets.
    """
    known = Customer.objects.kept().filter(user=None, email__iexact=email, phone=phone).order_by("pk").first()
    if known:
        return known
    return add_customer(name=clean_line(name, 120), email=email.lower(), phone=phone, language=language)


@transaction.atomic
def adopt_visitor_tickets(user, *, email=None, phone=None):
    """Give a person what they wrote before they had an account, by an address they have proved to own.

    The caller vouches for the proof. Nothing happens when nobody wrote from there. Returns the customer.
    """
    mine = customer_of(user)
    for visitor_ in Customer.objects.reached_by(email=email, phone=phone).exclude(pk=mine.pk).select_for_update():
        take_over(what_moves(visitor_), visitor_, mine)
        visitor_.values.exclude(field__in=mine.values.values("field")).update(customer=mine)
        visitor_.events.update(customer=mine)
        visitor_.merges.update(kept=mine)
        _take_over_standing(mine, visitor_)
        if visitor_.is_blocked:  # having an account is no way around a block
            keep_blocked(mine)
        if visitor_.has_warning:
            Customer.objects.filter(pk=mine.pk).update(has_warning=True)
        visitor_.delete()
    return mine


def _take_over_standing(mine, other):
    """The tickets of the other one count here now. The later rating stays."""
    mine.refresh_from_db(fields=["tickets_count", "open_tickets", "last_message_at", "last_rating"])
    mine.tickets_count += other.tickets_count
    mine.open_tickets += other.open_tickets
    is_later = other.last_message_at and (mine.last_message_at is None or other.last_message_at > mine.last_message_at)
    if other.last_rating and (is_later or mine.last_rating is None):
        mine.last_rating = other.last_rating
    if is_later:
        mine.last_message_at = other.last_message_at
    mine.save(update_fields=["tickets_count", "open_tickets", "last_message_at", "last_rating"])


#: What stands in the owner's fields moves by itself: of one field there can be one value only.
VALUES = "values"
#: What each row keeps for itself: by what it is found and compared, and its own story.
_OWN = {CustomerDocument, CustomerKey, DuplicateSuggestion, CustomerMerge, CustomerEvent}


def what_moves(customer):
    """Every relation to a customer that goes with them to another row, those without a name on this side included."""
    fields = [field for field in Customer._meta.get_fields(include_hidden=True) if field.auto_created and not field.concrete]
    values = customer.values.model
    return [field for field in fields if field.related_model not in {*_OWN, values}]


def take_over(relations, customer, other):
    """Let all of it point at the other one. Returns {model and field: ids} of what moved."""
    moved = {}
    for relation in relations:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: customer})
        pks = list(rows.values_list("pk", flat=True))
        if pks:
            rows.update(**{relation.field.name: other})
        moved[f"{relation.field.model._meta.label}.{relation.field.name}"] = [str(pk) if isinstance(pk, UUID) else pk for pk in pks]
    return moved


def adopt_proven_tickets(user):
    """Adopt by every address this person has proved. Safe to do at each sign-in: without such tickets nothing is written.

    Returns the customer when there was something to adopt, else None.
    """
    proven = proven_addresses(user)
    follow_domain(Customer.objects.filter(user=user).select_related("user").first())
    return adopt_visitor_tickets(user, **proven) if Customer.objects.reached_by(**proven).exists() else None


@transaction.atomic
def update_from_account(user):
    """The customer goes by what the account says: name, addresses, language. Returns the customer when they are called otherwise now."""
    told = {"name": user.name, "email": user.email or "", "phone": user.phone or ""}
    if user.language:
        told["language"] = user.language
    customer = Customer.objects.filter(user=user).select_related("user").first()
    if customer is None:
        return None
    follow_domain(customer)
    renamed = any(getattr(customer, name) != told[name] for name in ("name", "email", "phone"))
    Customer.objects.filter(pk=customer.pk).update(**told)
    if not renamed:
        return None
    customer.refresh_from_db()
    write_document(customer)
    keep_keys(customer)
    return customer
