from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.prepared import now
from tickets.choices import ShareRight


class ShareQuerySet(models.QuerySet):
    def running(self):
        """Shares that have not ended."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=now()))


class TicketShare(models.Model):
    """An exception: this person sees this one ticket, wherever it stands, until the share ends or is taken back."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="shares", verbose_name=_("ticket"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shared_tickets", verbose_name=_("shared with"))
    right = models.CharField(_("may"), max_length=8, choices=ShareRight, default=ShareRight.SEE)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("shared by"))
    created_at = models.DateTimeField(_("shared at"), default=timezone.now, editable=False)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared ticket")
        verbose_name_plural = _("shared tickets")
        constraints = [models.UniqueConstraint(fields=["user", "ticket"], name="shared_once")]

    def __str__(self):
        return f"{self.ticket_id} · {self.right}"
