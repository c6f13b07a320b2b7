from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class VisitQuerySet(models.QuerySet):
    def here(self):
        """Pages that are still open, as far as they say so."""
        return self.filter(seen_at__gt=timezone.now() - Visit.LASTS)


class Visit(models.Model):
    """A member of staff has this ticket before their eyes: one row for each open page, which says so again and again. It tells who else
    is here; it gives no right and leaves no history."""

    LASTS = timedelta(seconds=50)

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="visits", verbose_name=_("ticket"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits", verbose_name=_("member of staff"))
    page = models.CharField(_("open page"), max_length=32)
    is_writing = models.BooleanField(_("is writing"), default=False)
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now)

    objects = VisitQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [models.UniqueConstraint(fields=["ticket", "user", "page"], name="visited_once")]

    def __str__(self):
        return f"{self.user_id} · {self.ticket_id}"
