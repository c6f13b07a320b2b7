"""Signed links by which a customer without an account follows their ticket, and by which they rate one answer."""

from common.links import LinkInvalid, make_link_token, read_link_token
from customers.models import Customer
from stores.addresses import lasting_url, portal_url

PURPOSE = "ticket"
ANSWER_PURPOSE = "answer"
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
        return lasting_url("backoffice:ticket", ticket.number)
    if reader.has_account:
        return portal_url(ticket.store, "ticket", ticket.number)
    return lasting_url("portal:ticket_link", token_for(ticket))


def answer_token_for(message, customer):
    """The signed word of the link by which this customer (an id) rates one answer. It opens nothing else."""
    return make_link_token(ANSWER_PURPOSE, [message.pk, customer])


def answer_behind(token):
    """(message id, customer id) of the link. Raises LinkInvalid or LinkExpired."""
    value = read_link_token(ANSWER_PURPOSE, token, days=DAYS)
    if not isinstance(value, list) or len(value) != 2 or not all(type(part) is int for part in value):
        raise LinkInvalid()
    return tuple(value)
