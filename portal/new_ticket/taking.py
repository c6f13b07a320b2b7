"""A request that was sent in the portal: a ticket, or held back where it meets a rule of the store."""

from django.utils.translation import get_language

from common.limits import client_ip
from custom_fields.models import FieldKind
from customers.services import customer_of, visitor
from stores.blocking import rule_against
from tickets.services.fields import write_values
from tickets.services.holding import hold_request, said_in_fields, stand_in
from tickets.services.lifecycle import open_ticket


def take_request(request, department, form):
    """The ticket. For a held request one that only looks like it: its sender is told what everybody is told."""
    given = form.cleaned_data
    words = {
        "store": request.store,
        "department": department,
        "subject": given["subject"],
        "text": given["text"],
        "files": form.all_files(),
        "language": get_language(),
        "request_type": given.get("request_type"),
    }
    customer = customer_of(request.user) if request.user.is_authenticated else None
    if customer:
        customer.user = request.user  # who is told of it is known already
    typed = {} if customer else {"name": given["name"], **form.address()}
    rule = _rule_against(request, form, customer, typed)
    if rule:
        words["files"] += _files_of(form.field_values)
        held = hold_request(rule=rule, customer=customer, address=client_ip(request), answers=form.field_values, **typed, **words)
        return stand_in(held)
    customer = customer or visitor(language=get_language(), **typed)
    ticket = open_ticket(customer=customer, **words)
    filled_in = {field: value for field, value in form.field_values.items() if value is not None}
    if filled_in:
        write_values(ticket, filled_in, by_customer=True, record_event=False)
    return ticket


def _files_of(values):
    """Files of fields; while the request is held they wait with the others."""
    return [value for field, value in values.items() if field.kind == FieldKind.FILE and value is not None]


def _rule_against(request, form, customer, typed):
    """The rule of the store this request meets, if any: by its words, its sender or where it came from."""
    given, name = form.cleaned_data, customer.name if customer else typed["name"]
    answered = "\n".join(words for _label, words in said_in_fields(form.field_values))
    return rule_against(
        request.store,
        text=f"{given['subject']}\n{name}\n{given['text']}\n{answered}",
        email=customer.email if customer else typed.get("email", ""),
        phone=customer.phone if customer else typed.get("phone", ""),
        address=client_ip(request),
    )
