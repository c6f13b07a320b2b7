from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField


class MailSignature(models.Model):
    """What stands under the answers that leave by e-mail: of a department in a store, or (without one) of the whole store."""

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="signatures", verbose_name=_("store"))
    department = models.ForeignKey(
        "departments.Department", models.CASCADE, null=True, blank=True, related_name="signatures", verbose_name=_("department")
    )
    text = I18nTextField(_("signature"), blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("signature of e-mails")
        verbose_name_plural = _("signatures of e-mails")
        constraints = [
            models.UniqueConstraint(fields=["store", "department"], name="one_signature_per_department"),
            models.UniqueConstraint(fields=["store"], condition=models.Q(department=None), name="one_signature_per_store"),
        ]

    def __str__(self):
        return f"{self.store_id} · {self.department_id or ''}"
