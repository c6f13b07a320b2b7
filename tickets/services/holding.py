"""Requests that met a block rule: held, looked at, and then let through or deleted.

Whoever sent one is told what everybody is told. Only new requests are held: what is said in a ticket has been let in before.
"""

import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from custom_fields.kinds import kind_of
from custom_fields.models import Field, FieldKind
from customers.blocking import guard_address, guard_not_blocked
from customers.models import Customer
from customers.services import visitor
from tickets.models import HeldFile, HeldRequest, Ticket
from tickets.numbering import new_number
from tickets.services.fields import write_values
from tickets.services.lifecycle import open_ticket, taken_of
from tickets.services.writing import set_waiting

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def hold_request(
    *,
    rule,
    store,
    department,
    subject,
    text,
    language,
    customer=None,
    name="",
    email="",
    phone="",
    address=None,
    files=(),
    request_type=None,
    answers=None,
):
    """Keep the request aside. `customer`: who sent it with an account; others by what they typed. `answers`: {Field: neutral value}.

    Raises CustomerIsBlocked.
    """
    if customer:
        guard_not_blocked(customer)
    else:
        guard_address(email=email, phone=phone)
    held = HeldRequest.objects.create(
        number=new_number(taken_of, digits=store.number_digits, prefix=store.number_prefix),
        store=store,
        department=department,
        request_type=request_type,
        rule=rule,
        rule_kind=rule.kind,
        rule_value=rule.value,
        customer=customer,
        name=customer.name if customer else name,
        email=customer.email if customer else email,
        phone=customer.phone if customer else phone,
        address=address,
        language=language,
        subject=subject,
        text=text,
        answers=_sealed(answers or {}),
    )
    for checked in files:
        HeldFile.keep(checked, request=held)
    return held


def _sealed(answers):
    """What was filled in, as text; stored encrypted, secrets as well. Files wait with the files of the message."""
    kept = {field: value for field, value in answers.items() if value is not None and field.kind != FieldKind.FILE}
    plain = {field.key: value if field.kind == FieldKind.SECRET else kind_of(field).plain(value) for field, value in kept.items()}
    return json.dumps(plain) if plain else ""


def answers_of(held):
    """{Field: neutral value} of what was filled in; fields that were removed meanwhile are left out."""
    plain = json.loads(held.answers) if held.answers else {}
    fields = Field.objects.filter(key__in=plain)
    return {field: plain[field.key] if field.kind == FieldKind.SECRET else kind_of(field).from_plain(plain[field.key]) for field in fields}


def said_in_fields(values):
    """(label, words) of what was filled in, for whoever looks at it; secrets and files are not said."""
    told = [(field, value) for field, value in values.items() if value is not None and field.kind not in {FieldKind.SECRET, FieldKind.FILE}]
    return [(str(field.label), str(kind_of(field).words(field, value))) for field, value in told]


@transaction.atomic
def release_request(held, *, by):
    """Make it the ticket it would have been, under the number its sender was told. Releasing twice makes one.

    Raises DepartmentIsGone where the department was archived meanwhile.
    """
    held = HeldRequest.objects.select_for_update(of=("self",)).filter(pk=held.pk).first()
    if held is None:
        return None
    sender = held.customer or visitor(name=held.name, email=held.email, phone=held.phone, language=held.language)
    files = [row.checked() for row in held.files.all()]
    ticket = open_ticket(
        store=held.store,
        department=held.department,
        customer=sender,
        subject=held.subject,
        text=held.text,
        files=files,
        language=held.language,
        request_type=held.request_type,
        number=held.number,
    )
    write_values(ticket, answers_of(held), by_customer=True, record_event=False)
    for checked in files:
        checked.content.close()
    note(Deed.SETTINGS_CHANGED, by=by, on=held, after={"did": "released"}, store=held.store)
    forget_held(held)
    return ticket


@transaction.atomic
def delete_held(held, *, by=None):
    """Gone, with its files. Deleting what is gone already does nothing."""
    if HeldRequest.objects.select_for_update(of=("self",)).filter(pk=held.pk).exists():
        note(Deed.SETTINGS_CHANGED, by=by, on=held, after={"did": "removed"}, store=held.store)
        forget_held(held)


def end_held_requests():
    """Delete what nobody wanted for a month. Returns how many."""
    old = list(HeldRequest.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)[:500])
    for held in old:
        with transaction.atomic():
            forget_held(held)
    return len(old)


def forget_held(held):
    """Remove the row now, and its files when the transaction is through."""
    places = [(file.storage, file.name) for row in held.files.all() for file in (row.file, row.thumbnail) if file]
    held.delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in places])


def stand_in(held):
    """A ticket that is not stored and looks to its sender like the one it may become."""
    sender = held.customer or Customer(name=held.name, email=held.email, phone=held.phone, language=held.language)
    ticket = Ticket(
        number=held.number,
        store=held.store,
        department=held.department,
        status=held.department.workflow.first_status(),
        customer=sender,
        subject=held.subject,
        language=held.language,
        created_at=held.created_at,
        last_message_at=held.created_at,
    )
    set_waiting(ticket, since=held.created_at)
    return ticket
