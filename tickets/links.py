"""Signed links by which a customer without an account follows their ticket."""

from common.links import make_link_token, read_link_token

PURPOSE = "ticket"
DAYS = 90


def token_for(ticket):
    """The signed word of the link. Every message to the customer carries a fresh one; each ends after DAYS."""
    return make_link_token(PURPOSE, ticket.number)


def number_behind(token):
    """The number of the ticket the link opens. Raises LinkInvalid or LinkExpired."""
    return read_link_token(PURPOSE, token, days=DAYS)
