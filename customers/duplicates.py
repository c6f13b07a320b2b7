"""Noticing that two customers may be one person, by what they have in common however it is spelled.

Each customer has a few keys, kept with every change; two with the same key are suggested. Only equal keys of an index are looked up, so
it costs the same among a million.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef

from common.normaliser import tokens
from customers.models import Customer, CustomerKey, DuplicateSuggestion, KeyKind
from customers.public_mail import is_public

#: Of so many with one key no more is said: it tells nobody apart.
MOST = 10
SHORTEST_MAILBOX = 5
BATCH = 500
_IGNORE_DOTS = {"gmail.com", "googlemail.com"}


def keys_of(customer):
    """{(kind, value)}"""
    keys = set()
    mailbox, _at, domain = customer.email.lower().rpartition("@")
    mailbox = mailbox.partition("+")[0]
    if domain in _IGNORE_DOTS:
        mailbox, domain = mailbox.replace(".", ""), "gmail.com"
    if mailbox:
        keys.add((KeyKind.MAIL, f"{mailbox}@{domain}"))
    digits = "".join(filter(str.isdecimal, customer.phone)).lstrip("0")
    if len(digits) >= 7:
        keys.add((KeyKind.PHONE, digits[-9:]))
    name = " ".join(sorted(tokens(customer.name)))
    if len(name) < 4:
        return keys
    if len(mailbox) >= SHORTEST_MAILBOX:
        keys.add((KeyKind.MAILBOX, f"{name}|{mailbox}"[:300]))
    if domain and not is_public(domain):
        keys.add((KeyKind.DOMAIN, f"{name}|{domain}"[:300]))
    company = " ".join(tokens(customer.company))
    if company:
        keys.add((KeyKind.COMPANY, f"{name}|{company}"[:300]))
    return keys


@transaction.atomic
def keep_keys(customer):
    """Let the customer be compared by what they are called now, and suggest those who look like them."""
    keys = keys_of(customer)
    known = {(row.kind, row.value): row.pk for row in customer.keys.all()}
    gone = [pk for key, pk in known.items() if key not in keys]
    if gone:
        CustomerKey.objects.filter(pk__in=gone).delete()
    CustomerKey.objects.bulk_create([CustomerKey(customer=customer, kind=kind, value=value) for kind, value in sorted(keys - known.keys())])
    new = keys - known.keys()
    if new:
        _suggest(customer, new)


def _suggest(customer, keys):
    found = {}
    for kind in KeyKind:
        for value in (value for each, value in keys if each == kind):
            alike = Customer.objects.kept().filter(keys__kind=kind, keys__value=value).exclude(pk=customer.pk)
            for pk in alike.values_list("pk", flat=True)[:MOST]:
                found.setdefault(pk, kind)
    rows = [DuplicateSuggestion(first_id=min(pk, customer.pk), second_id=max(pk, customer.pk), reason=kind) for pk, kind in found.items()]
    if rows:
        DuplicateSuggestion.objects.bulk_create(rows, ignore_conflicts=True)


def open_suggestions(visible):
    """Those to decide, about two customers of whom this person may know both (`visible`: whom they may know)."""
    known = [Exists(visible.filter(pk=OuterRef(name))) for name in ("first", "second")]
    return DuplicateSuggestion.objects.filter(*known, dismissed_at=None).select_related("first", "second")


def fill(after=0, limit=BATCH):
    """Give the next customers their keys, those that came by a file say. Returns the last id looked at, or None at the end."""
    rows = list(Customer.objects.kept().filter(pk__gt=after).order_by("pk")[:limit])
    for customer in rows:
        keep_keys(customer)
    return rows[-1].pk if rows else None
