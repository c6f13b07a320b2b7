"""Organisations: made and changed, joined by hand or by a proven mail address, left."""

import re

from django.db import IntegrityError, transaction

from accounts.services import proven_addresses
from common.normaliser import normalise
from common.text import clean_line
from customers.errors import DomainIsPublic, DomainTaken, DomainWrong
from customers.history import remember
from customers.models import Customer, CustomerKind, Organisation, OrganisationDomain, Way
from customers.public_mail import is_public

_DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}\Z")
BATCH = 500


@transaction.atomic
def save_organisation(organisation=None, *, name, sharing, domains=(), by):
    """A new one, or this one with another name, sharing and domains. Who belongs by its domains comes and goes with them.

    Raises DomainWrong, DomainIsPublic, DomainTaken.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk) if organisation else Organisation()
    organisation.name = clean_line(name, 120)
    organisation.folded, organisation.sharing = normalise(organisation.name)[:240], sharing
    organisation.save()
    wanted = {clean_domain(domain) for domain in domains if domain.strip()}
    known = set(organisation.domains.values_list("domain", flat=True))
    for domain in sorted(wanted - known):
        try:
            with transaction.atomic():
                OrganisationDomain.objects.create(organisation=organisation, domain=domain)
        except IntegrityError as error:
            raise DomainTaken(domain) from error
    organisation.domains.exclude(domain__in=wanted).delete()
    if wanted != known:
        _follow_domains(organisation, wanted, by=by)
    return organisation


def clean_domain(typed):
    """The domain as it stands behind the @. Raises DomainWrong, DomainIsPublic."""
    domain = clean_line(typed).lower().rpartition("@")[2].strip(". ")
    try:
        domain = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError as error:
        raise DomainWrong(typed) from error
    if not _DOMAIN.match(domain):
        raise DomainWrong(typed)
    if is_public(domain):
        raise DomainIsPublic(domain)
    return domain


def _follow_domains(organisation, domains, *, by):
    """Those who belong by a domain that is no longer named go; everybody with a proven address of the present ones comes."""
    for member in organisation.members.filter(organisation_way=Way.DOMAIN).select_related("user"):
        if _proven_domain(member.user) not in domains:
            _leave(member, by=by, way=Way.NONE)
    for domain in domains:
        free = Customer.objects.filter(organisation=None, organisation_way=Way.NONE, user__email__iendswith=f"@{domain}")
        for customer in free.select_related("user").iterator(chunk_size=BATCH):
            if _proven_domain(customer.user) == domain:
                _join(customer, organisation, by=by, way=Way.DOMAIN)


def _proven_domain(user):
    """The domain of the address this person has proved; what somebody only typed is none."""
    email = proven_addresses(user).get("email", "") if user else ""
    return email.lower().rpartition("@")[2]


@transaction.atomic
def follow_domain(customer):
    """Let the customer belong where their proven address says. Who was put somewhere, or taken out, by hand stays as they are."""
    if customer is None or customer.user is None or customer.organisation_way in {Way.HAND, Way.OUT}:
        return
    domain = _proven_domain(customer.user)
    named = OrganisationDomain.objects.select_related("organisation").filter(domain=domain).first() if domain else None
    organisation = named and named.organisation
    if (organisation and organisation.pk) == customer.organisation_id:
        return
    if customer.organisation_id:
        _leave(customer, by=None, way=Way.NONE)
    if organisation:
        _join(customer, organisation, by=None, way=Way.DOMAIN)


@transaction.atomic
def put_into_organisation(customer, organisation, *, by):
    """By hand, whatever their addresses say. Being there already changes nothing but that it is by hand now."""
    customer = Customer.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=customer.pk)
    if customer.organisation_id == organisation.pk and customer.organisation_way == Way.HAND:
        return customer
    if customer.organisation_id and customer.organisation_id != organisation.pk:
        _leave(customer, by=by, way=Way.NONE)
    return _join(customer, organisation, by=by, way=Way.HAND)


@transaction.atomic
def take_out_of_organisation(customer, *, by):
    """By hand, and no address brings them back. Who is in none stays as they are."""
    customer = Customer.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=customer.pk)
    return _leave(customer, by=by, way=Way.OUT) if customer.organisation_id else customer


@transaction.atomic
def remove_organisation(organisation, *, by):
    """It and its notes are gone; its customers stay."""
    for member in organisation.members.iterator(chunk_size=BATCH):
        _leave(member, by=by, way=Way.NONE)
    organisation.delete()


def _join(customer, organisation, *, by, way):
    customer.organisation, customer.organisation_way = organisation, way
    customer.save(update_fields=["organisation", "organisation_way"])
    remember(customer, CustomerKind.JOINED, by=by, organisation=organisation.pk, name=organisation.name, by_domain=way == Way.DOMAIN)
    return customer


def _leave(customer, *, by, way):
    left = customer.organisation
    customer.organisation, customer.organisation_way = None, way
    customer.save(update_fields=["organisation", "organisation_way"])
    remember(customer, CustomerKind.LEFT, by=by, organisation=left.pk, name=left.name)
    return customer
