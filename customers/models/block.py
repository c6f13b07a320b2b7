from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer


class BlockQuerySet(models.QuerySet):
    def running(self):
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=timezone.now()), ended_at=None)


class Block(models.Model):
    """This customer could not write to us, from when to when, and why. Of several the one without an end, else the last to end, counts.

    `reason` is for staff; `words` are what the customer reads besides. The customer's row repeats since when and until when.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="blocks", verbose_name=_("customer"))
    reason = models.CharField(_("reason"), max_length=300)
    words = models.TextField(_("what the customer reads"), max_length=500, blank=True, default="")
    blocked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("blocked by"))
    created_at = models.DateTimeField(_("blocked at"), default=timezone.now, editable=False)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("unblocked at"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("unblocked by")
    )
    end_reason = models.CharField(_("reason for unblocking"), max_length=300, blank=True, default="")

    objects = BlockQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("block of a customer")
        verbose_name_plural = _("blocks of customers")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.reason

    @property
    def is_running(self):
        return self.ended_at is None and (self.ends_at is None or self.ends_at > timezone.now())
