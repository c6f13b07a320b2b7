"""What SMS cost, by month and gateway, in the months of the store's own calendar and time zone."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from common.jalali import from_jalali, to_jalali
from common.moments import Reader
from notifications.choices import Channel, State
from notifications.models import Delivery

MONTHS = 12


@dataclass
class Line:
    """SMS that left in one month by one gateway: those a gateway took, whatever became of them later."""

    month: date
    gateway: str
    currency: str
    sent: int = 0
    delivered: int = 0
    failed: int = 0
    parts: int = 0
    cost: Decimal = field(default_factory=Decimal)


def told_of(said, row):
    """{"parts", "cost"} as a gateway told them (Accepted or Report). A cost in other money than the owner counts this gateway in is left out:
    rials taken for złotys would use up in one SMS what is meant for a month. What was reckoned by the price of a part stays then."""
    is_other_money = said.currency and row.currency and said.currency != row.currency
    told = {"parts": said.parts, "cost": None if is_other_money else said.cost}
    return {name: value for name, value in told.items() if value is not None}


def month_start(store, months_ago=0, *, now=None):
    """The moment at which the month began where the store is, Jalali where the store reads dates so."""
    reader = _reader(store)
    day = (now or timezone.now()).astimezone(reader.zone).date()
    first = _first_of(day, reader.reads_jalali)
    for _month in range(months_ago):
        first = _first_of(date.fromordinal(first.toordinal() - 1), reader.reads_jalali)
    return datetime.combine(first, time(), tzinfo=reader.zone)


def costs_of(store, *, months=MONTHS):
    """[Line], the newest month first. One query; days are put together to months here, since a database knows no Jalali ones."""
    reader = _reader(store)
    rows = (
        Delivery.objects.filter(channel=Channel.SMS, store=store, sent_at__gte=month_start(store, months - 1))
        .annotate(day=TruncDate("sent_at", tzinfo=reader.zone))
        .values("day", "through", "currency")
        .annotate(
            sent=Count("pk"), told=Count("pk", filter=Q(state=State.DELIVERED)), missed=Count("pk", filter=Q(state=State.FAILED)),
            all_parts=Sum("parts"), spent=Sum("cost"),
        )
        .order_by()
    )  # fmt: skip
    lines = defaultdict(dict)
    for row in rows:
        month = _first_of(row["day"], reader.reads_jalali)
        key = (row["through"], row["currency"])
        line = lines[month].setdefault(key, Line(month, *key))
        line.sent += row["sent"]
        line.delivered += row["told"]
        line.failed += row["missed"]
        line.parts += row["all_parts"] or 0
        line.cost += row["spent"] or 0
    return [lines[month][key] for month in sorted(lines, reverse=True) for key in sorted(lines[month])]


def _first_of(day, is_jalali):
    if not is_jalali:
        return day.replace(day=1)
    year, month, _day = to_jalali(day)
    return from_jalali(year, month, 1)


def _reader(store):
    return Reader(language=store.language, calendar=store.calendar, time_zone=store.time_zone)
