from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer


class ErasureMode(models.TextChoices):
    TEXTS = "texts", _("Everything that was written and sent, with all files")
    PERSONAL = "personal", _("Only what tells who it was: name and addresses wherever they stand, the customer’s own files")


class Erasure(models.Model):
    """The certificate that a customer's data were erased: who did it, why, how much of what went, and what stays. It names nobody."""

    customer = models.OneToOneField(Customer, models.PROTECT, related_name="erasure", verbose_name=_("customer"))
    mode = models.CharField(_("what was erased"), max_length=8, choices=ErasureMode)
    reason = models.CharField(_("reason"), max_length=300)
    counts = models.JSONField(_("how much"), default=dict)
    erased_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("erased by"))
    created_at = models.DateTimeField(_("erased at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("erasure of a customer's data")
        verbose_name_plural = _("erasures of customers' data")

    def __str__(self):
        return f"{self.customer_id} · {self.mode}"
