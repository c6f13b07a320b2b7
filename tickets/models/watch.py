from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Watch(models.Model):
    """A member of staff who wants to hear of this ticket without having it."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="watches", verbose_name=_("ticket"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches", verbose_name=_("member of staff"))
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="watched_once")]

    def __str__(self):
        return f"{self.user_id} · {self.ticket_id}"
