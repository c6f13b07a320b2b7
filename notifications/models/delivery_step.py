from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeliveryStep(models.Model):
    """One step in the story of a message: an attempt and its answer, a report of the other side, or what a person had done. Never changed.

    `channel`, `state` and `reason` are the delivery's words; `state` is how the message stood after it; `by` is the person, where it was
    one. Store and channel are the delivery's own, so that the health of a gateway is read from here alone.
    """

    delivery = models.ForeignKey("notifications.Delivery", models.CASCADE, related_name="steps", verbose_name=_("message to a person"))
    store = models.ForeignKey(
        "stores.Store", models.CASCADE, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("store")
    )
    channel = models.CharField(_("channel"), max_length=8)
    through = models.CharField(_("server or gateway"), max_length=80, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    state = models.CharField(_("state"), max_length=12)
    reason = models.CharField(_("reason"), max_length=16, blank=True)
    remark = models.CharField(_("what the other side said"), max_length=200, blank=True)
    seconds = models.FloatField(_("seconds since it was due"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("done by")
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("step of a message")
        verbose_name_plural = _("steps of messages")
        indexes = [models.Index(fields=["at"], name="steps_by_time")]

    def __str__(self):
        return f"{self.delivery_id} · {self.state}"
