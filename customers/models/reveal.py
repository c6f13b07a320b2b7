from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer


class RevealQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ends_at__gt=timezone.now())

    def since(self, moment):
        return self.filter(created_at__gte=moment)


class Reveal(models.Model):
    """Somebody to whom customer data is closed uncovered this customer, for a reason and for a while."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="reveals", verbose_name=_("customer"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reveals", verbose_name=_("revealed to"))
    reason = models.CharField(_("reason"), max_length=300)
    created_at = models.DateTimeField(_("revealed at"), default=timezone.now, editable=False)
    ends_at = models.DateTimeField(_("covered again at"))

    objects = RevealQuerySet.as_manager()

    class Meta:
        verbose_name = _("reveal")
        verbose_name_plural = _("reveals")
        indexes = [models.Index(fields=["user", "customer", "ends_at"], name="reveals_of_person")]

    def __str__(self):
        return self.reason
