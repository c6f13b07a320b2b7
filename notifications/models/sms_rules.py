from django.db import models
from django.utils.translation import gettext_lazy as _


class SmsRules(models.Model):
    """What a store wants of its SMS: how they are written, when they leave, how many, what goes by mail instead, and where answers to them go.

    A store without a row has these defaults.
    """

    store = models.OneToOneField("stores.Store", models.CASCADE, primary_key=True, related_name="sms_rules", verbose_name=_("store"))
    plain_latin = models.BooleanField(_("Polish and other Latin letters are written plainly"), default=False)
    mail_instead = models.BooleanField(_("what no gateway takes goes by e-mail"), default=False)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    number_per_hour = models.PositiveSmallIntegerField(_("SMS to one number in an hour"), null=True, blank=True, default=10)
    number_per_day = models.PositiveSmallIntegerField(_("SMS to one number in a day"), null=True, blank=True, default=30)
    store_per_hour = models.PositiveIntegerField(_("SMS of the store in an hour"), null=True, blank=True, default=1000)
    department = models.ForeignKey(
        "departments.Department",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department of new requests by SMS"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("rules of a store's SMS")
        verbose_name_plural = _("rules of stores' SMS")

    def __str__(self):
        return str(self.store_id)
