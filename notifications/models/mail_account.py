from django.db import models
from django.utils.translation import gettext_lazy as _

from common.secrets import EncryptedTextField
from notifications.choices import Security


class MailAccount(models.Model):
    """The mail server of a store, as its owner set it up in the pages. That of the default store serves every store without one.

    Without any, the environment's own server is used.
    """

    store = models.OneToOneField("stores.Store", models.CASCADE, related_name="mail_account", verbose_name=_("store"))
    host = models.CharField(_("mail server"), max_length=253)
    port = models.PositiveIntegerField(_("port"), default=587)
    security = models.CharField(_("security of the line"), max_length=8, choices=Security, default=Security.STARTTLS)
    user = models.CharField(_("user name"), max_length=254, blank=True)
    password = EncryptedTextField(_("password"), blank=True, default="")
    sender = models.EmailField(_("address mails leave from"), max_length=254)
    checked_at = models.DateTimeField(_("a test message left at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("mail server of a store")
        verbose_name_plural = _("mail servers of stores")

    def __str__(self):
        return f"{self.host}:{self.port}"
