"""An answer to a request that was closed too long ago: a new one that goes on from it, where the store's owner wants that.

It is a new request like any other one: counted among those of its writer, and held back where it meets a rule of the store.
"""

from common.limits import client_ip
from portal.tickets.doors import Door
from portal.writing.limits import count_request
from stores.blocking import rule_against
from tickets.links import token_for
from tickets.services.following import answer_as_customer
from tickets.services.holding import hold_request, stand_in


def take_follow_up(request, door, form):
    """The address at which its writer goes on. For a held request the one they would find for any other."""
    count_request(request)
    ticket, text, files = door.ticket, form.cleaned_data["text"], form.all_files()
    customer = ticket.customer
    rule = rule_against(
        ticket.store,
        text=f"{ticket.subject}\n{customer.name}\n{text}",
        email=customer.email,
        phone=customer.phone,
        address=client_ip(request),
    )
    if rule:
        held = hold_request(
            rule=rule, customer=customer, address=client_ip(request), answers={}, store=ticket.store, department=ticket.department,
            subject=ticket.subject, text=text, files=files, language=ticket.language, request_type=ticket.request_type,
        )  # fmt: skip
        new = stand_in(held)
    else:
        new = answer_as_customer(ticket, text=text, files=files, by=door.person)
    return (Door(new, person=door.person) if door.person else Door(new, token=token_for(new))).url("sent")
