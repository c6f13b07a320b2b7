"""The clock looks whether messages arrive. Who changes a store's settings is told once when they do not, and once when they do again."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from common.kept import kept
from notifications import health
from notifications.choices import Channel, State, Template, Trouble
from notifications.models import Delivery, DeliveryAlarm, DeliveryWatch
from permissions.querysets import people_of_store
from permissions.rights import StoreRight
from stores.models import Store


def watch_of(store):
    """When this store's owners want to be alarmed; the usual values where nobody chose."""
    return DeliveryWatch.objects.filter(store=store).first() or DeliveryWatch(store=store)


def look():
    """Begin and end alarms by what waits and what failed in the last hour. Four queries, however many stores, when nothing is amiss."""
    waiting, hour = health.waiting_by_channel(store__isnull=False), health.hour_by_channel()
    running = {(alarm.store_id, alarm.channel, alarm.trouble): alarm for alarm in DeliveryAlarm.objects.filter(ended_at=None)}
    if not waiting and not hour and not running:
        return
    watches = {watch.store_id: watch for watch in DeliveryWatch.objects.all()}
    stores = {store.pk: store for store in Store.objects.all()}
    for pk, store in stores.items():
        watch = watches.get(pk) or DeliveryWatch(store=store)
        for channel in health.CHANNELS:
            seen = _troubles(watch, waiting.get((pk, channel)), hour.get((pk, channel)))
            for trouble in Trouble:
                _compare(store, channel, trouble, seen[trouble], running.get((pk, channel, trouble)))


def _troubles(watch, waiting, hour):
    """{trouble: (it is there, it is over, facts)}. Between the two nothing changes, so that a number on the edge rings no bell twice."""
    minutes = int(waiting.seconds // 60) if waiting else 0
    failed, sent, reason = hour or (0, 0, "")
    rate = health.percent(failed, sent) or 0
    limit, share = watch.waiting_minutes, watch.failing_percent
    return {
        Trouble.WAITING: (
            watch.is_on and minutes >= limit,
            not watch.is_on or minutes < max(limit / 2, 1),
            {"minutes": minutes, "number": waiting.number if waiting else 0},
        ),
        Trouble.FAILING: (
            watch.is_on and rate > share and failed + sent >= watch.failing_least,
            not watch.is_on or rate <= share / 2,
            {"percent": rate, "number": failed, "reason": reason},
        ),
    }


def _compare(store, channel, trouble, seen, alarm):
    is_there, is_over, facts = seen
    if alarm is None and is_there:
        begin(store, channel, trouble, facts)
    elif alarm is not None and is_over:
        end(alarm)


def begin(store, channel, trouble, facts):
    """Write the alarm and tell the owners. Of two clocks one does."""
    try:
        with transaction.atomic():
            DeliveryAlarm.objects.create(store=store, channel=channel, trouble=trouble, facts=facts)
            _tell(store, Template.ALARM, channel, {"channel": channel, "trouble": trouble, **facts})
    except IntegrityError:  # the other clock was quicker
        return


@transaction.atomic
def end(alarm):
    now = timezone.now()
    if DeliveryAlarm.objects.filter(pk=alarm.pk, ended_at=None).update(ended_at=now):
        context = {"channel": alarm.channel, "trouble": alarm.trouble, "since": alarm.began_at.isoformat()}
        _tell(alarm.store, Template.ALARM_OVER, alarm.channel, context)


def _tell(store, template, channel, context):
    """In the bell, and by mail where it is not e-mail that fails."""
    from notifications.waking import wake  # it names the tasks that call this module

    now, rows = timezone.now(), []
    mails = not DeliveryAlarm.objects.filter(store=store, channel=Channel.MAIL, ended_at=None).exists() and channel != Channel.MAIL
    for person in people_of_store(StoreRight.CHANGE_SETTINGS, store):
        same = {
            "template": template, "store": store, "user": person, "context": context, "recipient_key": f"user:{person.pk}",
            "language": person.language or store.language,
        }  # fmt: skip
        rows.append(Delivery(channel=Channel.IN_APP, state=State.DELIVERED, sent_at=now, delivered_at=now, **same))
        if mails and person.email:
            rows.append(Delivery(channel=Channel.MAIL, address=person.email, **same))
    stored = Delivery.objects.bulk_create(rows)
    wake([row.pk for row in stored if row.state == State.QUEUED])


def running_in(stores):
    """[DeliveryAlarm] that run in these stores (ids). Kept by the process, so that the frame of a page may ask on every page."""
    running = kept(("alarms about messages",), lambda: list(DeliveryAlarm.objects.filter(ended_at=None).order_by("pk")))
    return [alarm for alarm in running if alarm.store_id in stores]
