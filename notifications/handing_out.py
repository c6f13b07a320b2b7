"""What we know of how a customer hears, as plain data for who asks for all that is kept of them: wishes, addresses, devices."""

from notifications.addresses import plain
from notifications.models import AddressState, PushSubscription
from notifications.wishes import wishes_of

_STATES = ("bounced_at", "soft_bounces", "remark", "complained_at", "stops")


def what_is_known(customer):
    """{part: plain data}. The keys of a browser are no data about its person, and open nothing to them."""
    return {"ways": _ways(customer), "addresses": _addresses(customer), "devices": _devices(customer)}


def _ways(customer):
    wishes = wishes_of(customer)
    return vars(wishes) | {name: str(getattr(wishes, name) or "")[:5] for name in ("quiet_from", "quiet_to")}


def _addresses(customer):
    """Each address of theirs, with what each store knows of it."""
    account = customer.user
    proven = account.emailaddress_set.values_list("email", flat=True) if account else ()
    people = [customer, *([account] if account else [])]
    addresses = {address for address in (*proven, *(each for one in people for each in (one.email, one.phone))) if address}
    known = {}
    for state in AddressState.objects.filter(address__in=map(plain, addresses)).select_related("store").order_by("pk"):
        facts = {name: getattr(state, name) for name in _STATES if getattr(state, name)}
        known.setdefault(state.address, []).append({"store": str(state.store)} | facts)
    return [{"address": each, "known": known.get(plain(each), [])} for each in sorted(addresses)]


def _devices(customer):
    rows = PushSubscription.objects.filter(user=customer.user).select_related("store") if customer.user else ()
    return [
        {
            "browser": row.agent,
            "push_service": row.endpoint,
            "store": str(row.store or ""),
            "since": row.created_at,
            "last_told_at": row.last_good_at,
            "ended_at": row.ended_at,
        }
        for row in rows
    ]
