from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.alarm_words import alarm_words
from notifications.choices import Trouble


class DeliveryWatch(models.Model):
    """When a store's owners are alarmed about messages, and how long what is told of them is kept. A store without a row has these values."""

    store = models.OneToOneField("stores.Store", models.CASCADE, related_name="delivery_watch", verbose_name=_("store"))
    is_on = models.BooleanField(_("tell owners when messages do not arrive"), default=True)
    waiting_minutes = models.PositiveSmallIntegerField(_("minutes the oldest message may wait"), default=15)
    failing_percent = models.PositiveSmallIntegerField(_("percent of an hour’s messages that may fail"), default=20)
    failing_least = models.PositiveSmallIntegerField(_("fewest messages of an hour that count"), default=10)
    steps_days = models.PositiveSmallIntegerField(_("days the story of a message is kept"), default=180)

    class Meta:
        default_permissions = ()
        verbose_name = _("watch over messages")
        verbose_name_plural = _("watches over messages")

    def __str__(self):
        return f"{self.store_id}"


class DeliveryAlarm(models.Model):
    """One trouble with the messages of a store by one way, from when the clock saw it until it was over."""

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="delivery_alarms", verbose_name=_("store"))
    trouble = models.CharField(_("trouble"), max_length=12, choices=Trouble)
    channel = models.CharField(_("channel"), max_length=8)
    began_at = models.DateTimeField(_("began at"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("over since"), null=True, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("alarm about messages")
        verbose_name_plural = _("alarms about messages")
        constraints = [
            models.UniqueConstraint(
                fields=["store", "trouble", "channel"], condition=models.Q(ended_at=None), name="one_alarm_per_trouble"
            ),
        ]

    def __str__(self):
        return f"{self.store_id} · {self.channel} · {self.trouble}"

    @property
    def words(self):
        """What it is about, in the reader's language."""
        return alarm_words(self.channel, self.trouble, self.facts)
