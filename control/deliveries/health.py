"""How messages fare: for owners in words, for their own programs as facts, and when they want to be told of trouble."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit.choices import Deed
from audit.log import differences, note
from control.deliveries.forms import WatchForm
from notifications.alarm_words import what_to_do
from notifications.alarms import running_in, watch_of
from notifications.choices import Channel, Reason
from notifications.health import CHANNELS, Waiting, waiting_by_channel, ways_of_store
from notifications.models import DeliveryWatch, SmsGateway


@dataclass
class Fare:
    """One channel: what waits, its servers or gateways, the alarms that run, and what to do."""

    channel: str
    waiting: Waiting
    ways: list
    alarms: list
    last_good: datetime | None = None

    @property
    def label(self):
        return Channel(self.channel).label

    @property
    def reason(self):
        return next((way.reason for way in sorted(self.ways, key=lambda way: -sum(way.reasons.values())) if way.reason), "")

    @property
    def is_idle(self):
        return not self.ways and not self.waiting.number

    @property
    def is_well(self):
        return not self.alarms and not any(way.failed_hour or way.put_off_hour for way in self.ways)

    @property
    def words(self):
        """Its state in a sentence."""
        if self.alarms:
            return " ".join(alarm.words for alarm in self.alarms)
        if self.is_idle:
            return _("Nothing left in the last day, and nothing waits.")
        if self.is_well:
            return _("All is well.")
        return _("Some failed or had to wait. %(reason)s") % {"reason": self.why}

    @property
    def why(self):
        reason = self.reason
        return _("The most frequent reason: %(reason)s.") % {"reason": Reason(reason).label} if reason in Reason.values else ""

    @property
    def hint(self):
        return "" if self.is_well or self.is_idle else what_to_do(self.channel, self.reason)


def fares_of(store):
    """[Fare] of every channel. Three queries."""
    waiting, ways = waiting_by_channel(store=store), ways_of_store(store)
    running = running_in({store.pk})
    found = []
    for channel in CHANNELS:
        own = [way for way in ways if way.channel == channel]
        alarms = [alarm for alarm in running if alarm.channel == channel]
        good = max((way.last_good for way in own if way.last_good), default=None)
        found.append(Fare(channel, waiting.get((store.pk, channel), Waiting()), own, alarms, good))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def health(request, store):
    watch = watch_of(store)
    form = WatchForm(request.POST if request.method == "POST" else None, watch=watch)
    if form.is_bound and form.is_valid():
        _keep(watch, form, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("control:deliveries_health")
    context = {
        "fares": fares_of(store),
        "form": form,
        "gateways": SmsGateway.objects.filter(store=store, is_on=True, balance__isnull=False),
    }
    return render(request, "control/deliveries/health.html", context, status=422 if form.is_bound else 200)


def _keep(watch, form, *, by):
    before = {name: getattr(watch, name) for name in form.cleaned_data}
    DeliveryWatch.objects.update_or_create(store=watch.store, defaults=form.cleaned_data)
    was, now = differences(before, form.cleaned_data)
    if now:
        before, after = ({f"watch_{name}": value for name, value in facts.items()} for facts in (was, now))
        note(Deed.SETTINGS_CHANGED, by=by, on=watch.store, before=before, after=after)


@require_safe
def facts(request, store):
    """The same for programs: numbers and neutral words only."""
    found = {
        fare.channel: {
            "waiting": fare.waiting.number,
            "oldest_waiting_seconds": round(fare.waiting.seconds),
            "alarms": [{"trouble": alarm.trouble, "since": alarm.began_at.isoformat()} for alarm in fare.alarms],
            "through": [_facts_of(way) for way in fare.ways],
        }
        for fare in fares_of(store)
    }
    response = JsonResponse({"store": store.pk, "at": timezone.now().isoformat(), "channels": found})
    response.headers["Cache-Control"] = "no-store"
    return response


def _facts_of(way):
    return {
        "name": way.through,
        "sent": {"hour": way.sent_hour, "day": way.sent_day},
        "delivered": {"day": way.delivered_day},
        "failed": {"hour": way.failed_hour, "day": way.failed_day},
        "failed_percent": {"hour": way.failing, "day": way.failing_day},
        "put_off": {"hour": way.put_off_hour},
        "last_good": way.last_good and way.last_good.isoformat(),
        "seconds": {"median": way.median and round(way.median, 2), "p95": way.p95 and round(way.p95, 2)},
        "reasons": dict(way.reasons),
    }
