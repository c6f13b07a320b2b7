from django.db import models
from django.utils.translation import gettext_lazy as _

from common.secrets import EncryptedTextField
from notifications.choices import MailWay, Security


class MailAccount(models.Model):
    """The mail server of a store, as its owner set it up in the pages. That of the default store serves every store without one.

    Without any, the environment's own server is used. Of a provider, `password` is the key of its API, `domain` the sending domain it
    knows, and `hook_key` the unguessable word of the address it reports to; `hook_secret` is what it signs those reports with.
    """

    store = models.OneToOneField("stores.Store", models.CASCADE, related_name="mail_account", verbose_name=_("store"))
    way = models.CharField(_("way"), max_length=12, choices=MailWay, default=MailWay.SMTP)
    host = models.CharField(_("mail server"), max_length=253, blank=True)
    port = models.PositiveIntegerField(_("port"), default=587)
    security = models.CharField(_("security of the line"), max_length=8, choices=Security, default=Security.STARTTLS)
    user = models.CharField(_("user name"), max_length=254, blank=True)
    password = EncryptedTextField(_("password"), blank=True, default="")
    domain = models.CharField(_("sending domain"), max_length=253, blank=True, default="")
    in_europe = models.BooleanField(_("the account stands in the EU"), default=False)
    hook_key = models.CharField(max_length=64, blank=True, default="", db_index=True, editable=False)
    hook_secret = EncryptedTextField(_("key the provider signs its reports with"), blank=True, default="")
    sender = models.EmailField(_("address mails leave from"), max_length=254)
    checked_at = models.DateTimeField(_("a test message left at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("mail server of a store")
        verbose_name_plural = _("mail servers of stores")

    def __str__(self):
        return f"{self.host}:{self.port}" if self.is_smtp else self.get_way_display()

    @property
    def is_smtp(self):
        return self.way == MailWay.SMTP
