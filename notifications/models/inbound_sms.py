from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.choices import InboundOutcome


class InboundSms(models.Model):
    """An SMS that somebody sent us: stored as it came before anything is done with it, then with what became of it."""

    gateway = models.ForeignKey("notifications.SmsGateway", models.SET_NULL, null=True, related_name="inbound", verbose_name=_("gateway"))
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+", verbose_name=_("store"))
    gateway_key = models.CharField(max_length=120, editable=False, unique=True)
    sender = models.CharField(_("from"), max_length=40)
    receiver = models.CharField(_("to"), max_length=40, blank=True)
    text = models.TextField(_("text"))
    raw = models.JSONField(_("as it came"), default=dict)
    received_at = models.DateTimeField(_("came at"), default=timezone.now, editable=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=InboundOutcome, default=InboundOutcome.WAITING)
    customer = models.ForeignKey("customers.Customer", models.SET_NULL, null=True, related_name="+", verbose_name=_("customer"))
    ticket = models.ForeignKey("tickets.Ticket", models.SET_NULL, null=True, related_name="+", verbose_name=_("ticket"))

    class Meta:
        default_permissions = ()
        verbose_name = _("SMS that came in")
        verbose_name_plural = _("SMS that came in")
        indexes = [
            models.Index(fields=["store", "-received_at", "-id"], name="inbound_sms_newest"),
            models.Index(fields=["sender", "-received_at"], name="inbound_sms_of_number"),
            models.Index(fields=["received_at"], condition=models.Q(outcome="waiting"), name="inbound_sms_waiting"),
        ]

    def __str__(self):
        return f"{self.sender} · {self.outcome}"
