"""How a customer wants to hear: by which ways, when not, how often. It stands in their row, so that telling them costs no query."""

from dataclasses import dataclass
from datetime import time

from django.db import transaction

from accounts.middleware import known_zone
from customers.errors import CustomerIsGone
from customers.history import remember
from customers.models import Customer, CustomerKind
from notifications.choices import Channel


@dataclass(frozen=True)
class Wishes:
    """What a customer chose; who never chose has these. In quiet hours no SMS and no push come, and no mail where `mail_waits`."""

    by_mail: bool = True
    by_sms: bool = True
    quiet_from: time | None = None
    quiet_to: time | None = None
    mail_waits: bool = False
    time_zone: str = ""
    gathers: bool = False
    surveys: bool = True

    @classmethod
    def read(cls, stored):
        """Of what stands in the row; what makes no sense there (a restored backup, a hand) counts as never chosen."""
        stored = stored if isinstance(stored, dict) else {}
        flags = {name: stored[name] for name in _FLAGS if isinstance(stored.get(name), bool)}
        start, end = _time(stored.get("quiet_from")), _time(stored.get("quiet_to"))
        hours = {"quiet_from": start, "quiet_to": end} if start is not None and end is not None and start != end else {}
        return cls(**flags, **hours, time_zone=known_zone(stored.get("time_zone")) or "")

    def stored(self):
        """Only what differs from the usual."""
        usual = Wishes()
        told = {name: value for name, value in vars(self).items() if value != getattr(usual, name)}
        return {name: value.strftime("%H:%M") if isinstance(value, time) else value for name, value in told.items()}

    @property
    def ways(self):
        """One way stays in any case: whoever asked must be able to hear the answer."""
        ways = {way for way, is_on in ((Channel.MAIL, self.by_mail), (Channel.SMS, self.by_sms)) if is_on}
        return ways or {Channel.MAIL, Channel.SMS}

    @property
    def has_quiet_hours(self):
        return self.quiet_from is not None


_FLAGS = ("by_mail", "by_sms", "mail_waits", "gathers", "surveys")


def _time(said):
    try:
        return time.fromisoformat(said)
    except (TypeError, ValueError):
        return None


def wishes_of(customer):
    return Wishes.read(customer.hears)


@transaction.atomic
def wish(customer, wishes, *, by=None):
    """Keep how they want to hear. `by`: the member of staff who set it for them; it stands in the customer's history then."""
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if customer.is_gone:
        raise CustomerIsGone()
    before, after = customer.hears, wishes.stored()
    if before == after:
        return customer
    customer.hears = after
    customer.save(update_fields=["hears"])
    if by:
        remember(customer, CustomerKind.CHANGED, by=by, fields={"hears": [before, after]})
    return customer
