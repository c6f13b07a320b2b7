"""The single steps of old messages are forgotten after the time each store's owner chose; what became of the messages stays."""

from datetime import timedelta

from django.utils import timezone

from notifications.models import DeliveryStep, DeliveryWatch

AT_ONCE = 1000


def forget_steps():
    """Returns how many were forgotten. In small parts, so that nobody who sends waits for it."""
    now = timezone.now()
    days = dict(DeliveryWatch.objects.values_list("store", "steps_days"))
    usual = DeliveryWatch().steps_days
    gone = _forget(DeliveryStep.objects.exclude(store__in=days), now - timedelta(days=usual))
    return gone + sum(_forget(DeliveryStep.objects.filter(store=store), now - timedelta(days=kept)) for store, kept in days.items())


def _forget(steps, until):
    gone = 0
    while pks := list(steps.filter(at__lt=until).order_by("at").values_list("pk", flat=True)[:AT_ONCE]):
        gone += DeliveryStep.objects.filter(pk__in=pks).delete()[0]
    return gone
