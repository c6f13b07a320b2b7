from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.secrets import EncryptedTextField
from common.uploads import StoredUpload, random_path
from customers.models import Customer
from stores.models import BlockKind


class HeldRequest(models.Model):
    """A request that met a block rule. It is no ticket: it waits until somebody has looked at it, and ends by itself.

    `number` is the one its sender was told. `rule` may be gone; what it was stays in `rule_kind` and `rule_value`.
    """

    number = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="held_requests", verbose_name=_("store"))
    department = models.ForeignKey("departments.Department", models.CASCADE, related_name="held_requests", verbose_name=_("department"))
    request_type = models.ForeignKey("departments.RequestType", models.SET_NULL, null=True, blank=True, related_name="+")
    rule = models.ForeignKey("stores.BlockRule", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("rule"))
    rule_kind = models.CharField(_("kind of the rule"), max_length=8, choices=BlockKind)
    rule_value = models.CharField(_("rule as it was"), max_length=200)
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, blank=True, related_name="held_requests")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("mobile number"), max_length=16, blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=Language)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    answers = EncryptedTextField(_("what was written into the other fields"), blank=True, default="")
    created_at = models.DateTimeField(_("held since"), default=timezone.now, editable=False, db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("held request")
        verbose_name_plural = _("held requests")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.number

    @property
    def sender(self):
        """How the sender can be reached, as it was typed."""
        return self.email or self.phone


class HeldFile(StoredUpload, models.Model):
    """A file of a held request. It is handed to nobody before the request is a ticket."""

    request = models.ForeignKey(HeldRequest, models.CASCADE, related_name="files")
    file = models.FileField(_("file"), upload_to=random_path, max_length=120)
    thumbnail = models.FileField(_("thumbnail"), upload_to=random_path, max_length=120, blank=True)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("held file")
        verbose_name_plural = _("held files")
        ordering = ["pk"]

    def __str__(self):
        return self.name
