from django.db import models
from django.utils.translation import gettext_lazy as _

from common.secrets import EncryptedTextField
from notifications.choices import GatewayKind


class SmsAccount(models.Model):
    """The SMS gateway of a store. `key` stands where the other fields say {secret}."""

    store = models.OneToOneField("stores.Store", models.CASCADE, related_name="sms_account", verbose_name=_("store"))
    gateway = models.CharField(_("gateway"), max_length=12, choices=GatewayKind, default=GatewayKind.KAVENEGAR)
    sender = models.CharField(_("sender"), max_length=40, blank=True)
    key = EncryptedTextField(_("key"), blank=True, default="")
    templates = models.JSONField(_("approved templates"), default=dict, blank=True)
    url = models.CharField(_("address of the call"), max_length=500, blank=True)
    method = models.CharField(_("kind of call"), max_length=4, default="POST")
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    body = models.TextField(_("body of the call"), blank=True)
    success = models.CharField(_("words of a good answer"), max_length=100, blank=True)
    checked_at = models.DateTimeField(_("a test message left at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("SMS gateway of a store")
        verbose_name_plural = _("SMS gateways of stores")

    def __str__(self):
        return self.get_gateway_display()
