"""A request that was sent in the portal: a ticket, or held back where it meets a rule of the store."""

from django.utils.translation import get_language

from common.limits import client_ip
from custom_fields.kinds import kind_of
from custom_fields.models import FieldKind
from customers.services import customer_of, visitor
from stores.blocking import rule_against
from tickets.services.fields import write_values
from tickets.services.holding import hold_request, stand_in
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
    typed = {} if customer else {"name": given["name"], **form.address()}
    rule = _rule_against(request, given, customer, typed)
    if rule:
        words["text"] = "\n\n".join([words["text"], *_said_in_fields(form.field_values)])
        return stand_in(hold_request(rule=rule, customer=customer, address=client_ip(request), **typed, **words))
    customer = customer or visitor(language=get_language(), **typed)
    ticket = open_ticket(customer=customer, **words)
    write_values(ticket, form.field_values, by_customer=True, record_event=False)
    return ticket


def _said_in_fields(values):
    """What was filled in, as one more paragraph: a held request has no fields of its own. Secrets and files are not kept aside."""
    told = [(field, value) for field, value in values.items() if value is not None and field.kind not in {FieldKind.SECRET, FieldKind.FILE}]
    lines = [f"{field.label}: {kind_of(field).words(field, value)}" for field, value in told]
    return ["\n".join(lines)] if lines else []


def _rule_against(request, given, customer, typed):
    """The rule of the store this request meets, if any: by its words, its sender or where it came from."""
    name = customer.name if customer else typed["name"]
    return rule_against(
        request.store,
        text=f"{given['subject']}\n{name}\n{given['text']}",
        email=customer.email if customer else typed.get("email", ""),
        phone=customer.phone if customer else typed.get("phone", ""),
        address=client_ip(request),
    )
