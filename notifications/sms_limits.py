"""How many SMS may leave, counted from the ledger when one is about to. Codes at the door have a limit of their own (SMS_CODES_PER_HOUR)."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from notifications.choices import Channel, Reason, Urgency
from notifications.models import Delivery
from notifications.outcomes import NoLongerWanted, NotYet
from notifications.sms_costs import month_start
from notifications.sms_rules import rules_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def guard_limits(delivery):
    """Raises NoLongerWanted when its number got enough for a day, NotYet when it or the store has to wait for the hour to pass."""
    if delivery.urgency == Urgency.AT_ONCE:
        return
    rules, now = rules_of(delivery.store), timezone.now()
    to_number = Delivery.objects.filter(channel=Channel.SMS, address=delivery.address)
    if rules.number_per_day and to_number.filter(sent_at__gt=now - DAY)[: rules.number_per_day].count() >= rules.number_per_day:
        raise NoLongerWanted(Reason.OVER_LIMIT)
    of_store = Delivery.objects.filter(channel=Channel.SMS, store=delivery.store_id)
    for sent, most in ((to_number, rules.number_per_hour), (of_store, rules.store_per_hour)):
        if most and (until := _full_until(sent, most, now)):
            raise NotYet(until, Reason.OVER_LIMIT)


def _full_until(sent, most, now):
    """When the next one may leave: an hour after the one that fills the hour now. None when there is room."""
    latest = list(sent.filter(sent_at__gt=now - HOUR).order_by("-sent_at").values_list("sent_at", flat=True)[most - 1 : most])
    return latest[0] + HOUR if latest else None


def is_over_month(row):
    """Whether this gateway has cost what its owner wants to spend in a month."""
    return row.monthly_limit is not None and spent_this_month(row) >= row.monthly_limit


def spent_this_month(row):
    """What SMS by this gateway cost since the month began where the store is."""
    return Delivery.objects.filter(gateway=row, sent_at__gte=month_start(row.store)).aggregate(spent=Sum("cost"))["spent"] or 0
