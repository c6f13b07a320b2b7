from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from customers.models.organisation import Organisation


class CustomerNoteQuerySet(models.QuerySet):
    def about(self, customer):
        """What is noted about this customer, and about all members of their organisation."""
        found = models.Q(customer=customer.pk)
        if customer.organisation_id:
            found |= models.Q(organisation=customer.organisation_id)
        return self.filter(found).select_related("author")


class CustomerNote(models.Model):
    """What staff should know about a customer, or about all members of an organisation. A warning stands over every ticket and cannot be
    missed."""

    customer = models.ForeignKey(Customer, models.CASCADE, null=True, blank=True, related_name="notes", verbose_name=_("customer"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="notes", verbose_name=_("organisation")
    )
    text = models.CharField(_("text"), max_length=500)
    is_warning = models.BooleanField(_("warning"), default=False)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by"))
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True, editable=False)

    objects = CustomerNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note about a customer")
        verbose_name_plural = _("notes about customers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(customer=None, organisation__isnull=False) | models.Q(customer__isnull=False, organisation=None),
                name="note_about_one_thing",
            )
        ]
        ordering = ["-is_warning", "-is_pinned", "-created_at"]

    def __str__(self):
        return self.text
