"""How often one may try: counted per account, per address of the network, and for SMS, which cost money, as a whole.

A browser that has signed in to an account before counts by itself, so a stranger who keeps guessing slows down
himself and not the person whose account it is.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac

from common.limits import client_ip, limit_or_refuse, network_of
from portal.accounts import devices

MINUTES = 60
HOUR = 3600
DAY = 24 * HOUR


def bound_passwords(request, address):
    """Before a password is compared."""
    limit_or_refuse(f"password:from:{_network(request)}", 100, 10 * MINUTES)
    limit_or_refuse(f"password:for:{_account(request, address)}", 10, 10 * MINUTES)


def bound_codes(request, address):
    """Before a code is sent. Whether anybody has this address changes nothing."""
    by_sms = "@" not in address
    account = _account(request, address)
    limit_or_refuse(f"code:from:{_network(request)}", 30 if by_sms else 60, HOUR)
    limit_or_refuse(f"code:soon:{account}", 3, 2 * MINUTES)
    limit_or_refuse(f"code:hour:{account}", 6, HOUR)
    limit_or_refuse(f"code:day:{account}", 20, DAY)
    if by_sms:
        limit_or_refuse("code:sms", settings.SMS_CODES_PER_HOUR, HOUR)


def bound_guesses(request):
    """Before a code is compared, above the tries each code has itself."""
    limit_or_refuse(f"guess:from:{_network(request)}", 60, 10 * MINUTES)


def bound_own_password(user):
    """Before a person who is signed in is asked for the password again."""
    limit_or_refuse(f"password:own:{user.pk}", 10, 10 * MINUTES)


def _network(request):
    return network_of(client_ip(request))


def _account(request, address):
    known = devices.nonce_for(request, address)
    # The cache may be looked into by others than the database; it learns no addresses.
    return salted_hmac("portal.accounts.bounds", f"{address.lower()} {known}", algorithm="sha256").hexdigest()
