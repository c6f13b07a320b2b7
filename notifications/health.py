"""How messages fare, by way and by server or gateway: what waits and since when, what left, what failed and why, and how fast.

Read from the steps of one day and the rows that wait; never from the whole ledger.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Case, Count, F, Max, Min, Q, Value, When
from django.utils import timezone

from notifications.choices import NOT_ARRIVED, Channel, Reason, State
from notifications.models import Delivery, DeliveryStep
from notifications.pauses import MAX_ATTEMPTS, paused

#: The ways that can fail. A notice in the bell is delivered by being written.
CHANNELS = (Channel.MAIL, Channel.SMS, Channel.PUSH)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: What waits for these reasons is in no trouble: it leaves when its hour has come.
CALM = {Reason.QUIET}
#: So many of a day's newest attempts say how fast it went.
MOST_TIMED = 5000


@dataclass
class Way:
    """One server or gateway of a channel in the last hour and day. `reasons`: why it failed or waits, with how often."""

    channel: str
    through: str
    sent_hour: int = 0
    sent_day: int = 0
    delivered_day: int = 0
    failed_hour: int = 0
    failed_day: int = 0
    put_off_hour: int = 0
    last_good: datetime | None = None
    median: float | None = None
    p95: float | None = None
    reasons: Counter = field(default_factory=Counter)

    @property
    def failing(self):
        """Percent of what left or failed in the last hour that failed; None where nothing did either."""
        return percent(self.failed_hour, self.sent_hour)

    @property
    def failing_day(self):
        return percent(self.failed_day, self.sent_day)

    @property
    def reason(self):
        """Why most of it did not leave."""
        return self.reasons.most_common(1)[0][0] if self.reasons else ""


@dataclass
class Waiting:
    """What should have left by now, or is on its way."""

    number: int = 0
    oldest: datetime | None = None

    @property
    def seconds(self):
        return max((timezone.now() - self.oldest).total_seconds(), 0) if self.oldest else 0


def percent(failed, sent):
    return round(100 * failed / (failed + sent)) if failed + sent else None


def waiting_by_channel(**places):
    """{(store id, channel): Waiting} in these stores, or in all. What waits for the end of quiet hours is not in trouble. One query."""
    now = timezone.now()
    since = Case(*(When(attempts=n, then=F("next_try_at") - Value(paused(n))) for n in range(1, MAX_ATTEMPTS)), default=F("next_try_at"))
    overdue = Q(state=State.SENDING) | Q(state=State.QUEUED) & (Q(next_try_at__lte=now) | Q(attempts__gt=0)) & ~Q(reason__in=CALM)
    rows = Delivery.objects.filter(overdue, channel__in=CHANNELS, **places).order_by().values("store", "channel")
    rows = rows.annotate(number=Count("pk"), oldest=Min(since), written=Min("created_at"))
    return {(row["store"], row["channel"]): Waiting(row["number"], max(row["oldest"], row["written"])) for row in rows}


def ways_of_store(store):
    """[Way] of everything the store's messages went through in the last day. Two queries."""
    now = timezone.now()
    steps = DeliveryStep.objects.filter(store=store, at__gt=now - DAY, channel__in=CHANNELS, by=None)
    found = {}
    counted = steps.order_by().values("channel", "through", "state", "reason")
    for row in counted.annotate(day=Count("pk"), hour=Count("pk", filter=Q(at__gt=now - HOUR)), last=Max("at")):
        way = found.setdefault((row["channel"], row["through"]), Way(row["channel"], row["through"]))
        _add(way, row)
    for key, seconds in _times(steps).items():
        if key in found:
            found[key].median, found[key].p95 = median(seconds), sorted(seconds)[int(len(seconds) * 0.95)]
    return sorted(found.values(), key=lambda way: (CHANNELS.index(way.channel), way.through))


def _add(way, row):
    state, reason = row["state"], row["reason"]
    if state == State.QUEUED and reason in CALM:
        return
    if state == State.SENT:
        way.sent_hour, way.sent_day = way.sent_hour + row["hour"], way.sent_day + row["day"]
    elif state == State.DELIVERED:
        way.delivered_day += row["day"]
    elif state in NOT_ARRIVED:
        way.failed_hour, way.failed_day = way.failed_hour + row["hour"], way.failed_day + row["day"]
    elif state == State.QUEUED:
        way.put_off_hour += row["hour"]
    if state in {State.SENT, State.DELIVERED}:
        way.last_good = max(way.last_good or row["last"], row["last"])
    elif reason and state != State.DROPPED:
        way.reasons[reason] += row["day"]


def _times(steps):
    """{(channel, through): [seconds until it left, …]} of the newest that left."""
    times = defaultdict(list)
    rows = steps.filter(state=State.SENT, seconds__isnull=False).order_by("-at")
    for channel, through, seconds in rows.values_list("channel", "through", "seconds")[:MOST_TIMED]:
        times[channel, through].append(seconds)
    return times


def hour_by_channel():
    """{(store id, channel): (failed, sent, the reason of most)} of the last hour in every store. One query."""
    steps = DeliveryStep.objects.filter(at__gt=timezone.now() - HOUR, channel__in=CHANNELS, by=None)
    steps = steps.filter(state__in=[State.SENT, *NOT_ARRIVED])
    failed, sent, reasons = Counter(), Counter(), defaultdict(Counter)
    for row in steps.order_by().values("store", "channel", "state", "reason").annotate(number=Count("pk")):
        key = row["store"], row["channel"]
        if row["state"] == State.SENT:
            sent[key] += row["number"]
        else:
            failed[key] += row["number"]
            reasons[key][row["reason"]] += row["number"]
    why = {key: found.most_common(1)[0][0] for key, found in reasons.items()}
    return {key: (failed[key], sent[key], why.get(key, "")) for key in failed | sent}


def gateways_of(store):
    """Names of the servers and gateways that the store's messages went through in the last day, for a filter."""
    rows = DeliveryStep.objects.filter(store=store, at__gt=timezone.now() - DAY).exclude(through="").order_by("through")
    return list(rows.values_list("through", flat=True).distinct()[:50])
