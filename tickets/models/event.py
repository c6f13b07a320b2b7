from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.choices import Kind


class TicketEvent(models.Model):
    """One line of a ticket's history, and the news others react to. Written once, never changed.

    `details` holds neutral facts (ids, codes); words are made when the line is shown.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="events", db_index=False, verbose_name=_("ticket"))
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("done by")
    )
    by_customer = models.BooleanField(_("done by the customer"), default=False)
    message = models.ForeignKey("tickets.Message", models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("message"))
    details = models.JSONField(_("details"), default=dict, blank=True)
    created_at = models.DateTimeField(_("happened at"), default=timezone.now, editable=False)
    announced_at = models.DateTimeField(_("announced at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["ticket", "created_at", "id"], name="history"),
            models.Index(fields=["created_at"], condition=models.Q(announced_at=None), name="events_to_announce"),
            models.Index(fields=["actor", "created_at"], condition=models.Q(actor__isnull=False), name="events_of_a_person"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.ticket_id}"

    @property
    def memory(self):
        """What the reactions to this event tell each other while they are called (tickets/history.py). A dict that is not stored."""
        return self.__dict__.setdefault("_memory", {})
