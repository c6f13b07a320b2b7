"""How much one person, or one address, may write."""

from common.errors import TooManyRequests
from common.limits import client_ip, limit_or_refuse, network_of

# What, how often, in how many seconds. People stay far below; programs do not.
NEW_TICKETS = ("new ticket", 20, 600)
HOUR = 3600
REPLIES = ("reply", 60, 600)
SURVEYS = ("survey", 60, 600)


def refusal(request, limit):
    """None while the writer is within the limit, else the error that says when to go on."""
    what, times, seconds = limit
    try:
        limit_or_refuse(f"{what}:{_writer(request)}", times, seconds)
    except TooManyRequests as error:
        return error
    return None


def count_request(request):
    """One more new request of this writer. Raises TooManyRequests above what the store's owner allows in an hour."""
    limit_or_refuse(f"requests of {request.store.pk}:{_writer(request)}", request.store.requests_per_hour, HOUR)


def _writer(request):
    return f"user:{request.user.pk}" if request.user.is_authenticated else network_of(client_ip(request))
