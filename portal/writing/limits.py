"""How much one person, or one address, may write."""

from common.errors import TooManyRequests
from common.limits import client_ip, limit_or_refuse, network_of

# What, how often, in how many seconds. People stay far below; programs do not.
NEW_TICKETS = ("new ticket", 20, 600)
REPLIES = ("reply", 60, 600)
SURVEYS = ("survey", 60, 600)


def refusal(request, limit):
    """None while the writer is within the limit, else the error that says when to go on."""
    what, times, seconds = limit
    who = f"user:{request.user.pk}" if request.user.is_authenticated else network_of(client_ip(request))
    try:
        limit_or_refuse(f"{what}:{who}", times, seconds)
    except TooManyRequests as error:
        return error
    return None
