from django.db import models
from django.utils.translation import gettext_lazy as _

from common.secrets import EncryptedTextField


class BounceMailbox(models.Model):
    """The mailbox to which e-mails of a store come back, read by IMAP. That of the default store serves every store without one.

    `address` stands on the envelope of what leaves; where the server takes plus addresses, with a signed word of each message.
    What was read is remembered by UIDVALIDITY and the last UID.
    """

    store = models.OneToOneField("stores.Store", models.CASCADE, related_name="bounce_mailbox", verbose_name=_("store"))
    address = models.EmailField(_("address of the mailbox"), max_length=200)
    takes_plus = models.BooleanField(_("takes plus addresses"), default=True)
    host = models.CharField(_("IMAP server"), max_length=253)
    port = models.PositiveIntegerField(_("port"), default=993)
    tls = models.BooleanField(_("TLS from the start"), default=True)
    user = models.CharField(_("user name"), max_length=254)
    password = EncryptedTextField(_("password"), blank=True, default="")
    folder = models.CharField(_("folder"), max_length=200, default="INBOX")

    uid_validity = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    last_uid = models.PositiveBigIntegerField(default=0, editable=False)
    reading_until = models.DateTimeField(null=True, blank=True, editable=False)
    read_at = models.DateTimeField(_("last read at"), null=True, blank=True, editable=False)
    failing_since = models.DateTimeField(_("cannot be read since"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("bounce mailbox of a store")
        verbose_name_plural = _("bounce mailboxes of stores")

    def __str__(self):
        return self.address
