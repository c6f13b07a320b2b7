from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.customer import Customer


class CustomerKind(models.TextChoices):
    """What can happen to what we know of a customer."""

    CHANGED = "changed", pgettext_lazy("customer's history", "Data changed")
    NOTE_ADDED = "note_added", pgettext_lazy("customer's history", "Note written")
    NOTE_CHANGED = "note_changed", pgettext_lazy("customer's history", "Note changed")
    NOTE_REMOVED = "note_removed", pgettext_lazy("customer's history", "Note deleted")
    BLOCKED = "blocked", pgettext_lazy("customer's history", "Blocked")
    UNBLOCKED = "unblocked", pgettext_lazy("customer's history", "Unblocked")
    JOINED = "joined", pgettext_lazy("customer's history", "Joined an organisation")
    LEFT = "left", pgettext_lazy("customer's history", "Left an organisation")
    MERGED = "merged", pgettext_lazy("customer's history", "Merged")
    UNMERGED = "unmerged", pgettext_lazy("customer's history", "Merge undone")
    ERASED = "erased", pgettext_lazy("customer's history", "Erased")


class CustomerEvent(models.Model):
    """One line of a customer's history. `details` holds facts; words are made when the line is shown."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="events", db_index=False, verbose_name=_("customer"))
    kind = models.CharField(_("kind"), max_length=16, choices=CustomerKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by"))
    details = models.JSONField(_("details"), default=dict, blank=True)
    created_at = models.DateTimeField(_("happened at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("line of a customer's history")
        verbose_name_plural = _("customers' history")
        indexes = [models.Index(fields=["customer", "-created_at", "-id"], name="customer_history")]

    def __str__(self):
        return f"{self.kind} · {self.customer_id}"
