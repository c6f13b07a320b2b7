"""Signed links by which a customer without an account follows their ticket."""

from django.conf import settings
from django.urls import reverse

from common.links import make_link_token, read_link_token
from customers.models import Customer

PURPOSE = "ticket"
DAYS = 90


def token_for(ticket):
    """The signed word of the link. Every message to the customer carries a fresh one; each ends after DAYS."""
    return make_link_token(PURPOSE, ticket.number)


def number_behind(token):
    """The number of the ticket the link opens. Raises LinkInvalid or LinkExpired."""
    return read_link_token(PURPOSE, token, days=DAYS)


def link_for(ticket, reader):
    """The way to the ticket for this reader: staff to the desk, account holders to the portal, other customers by a signed link of their own."""
    if not isinstance(reader, Customer):
        path = reverse("backoffice:ticket", args=[ticket.number])
    elif reader.has_account:
        path = reverse("portal:ticket", args=[ticket.number])
    else:
        path = reverse("portal:ticket_link", args=[token_for(ticket)])
    return f"{settings.SITE_URL}{path}"
