from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SurveyQuerySet(models.QuerySet):
    def due(self):
        """Questions whose time has come and which nobody has asked or withdrawn yet."""
        return self.filter(due_at__lte=timezone.now(), asked_at=None, withdrawn_at=None, answered_at=None)


class Survey(models.Model):
    """One question after one closing: how was our help? Withdrawn when the story goes on."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="surveys", verbose_name=_("ticket"))
    event = models.OneToOneField("tickets.TicketEvent", models.CASCADE, related_name="survey", verbose_name=_("closing"))
    due_at = models.DateTimeField(_("to be asked at"))
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    comment = models.TextField(_("comment"), blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(asked_at=None, withdrawn_at=None), name="surveys_to_ask"),
            models.Index(fields=["answered_at"], condition=models.Q(answered_at__isnull=False), name="surveys_answered"),
        ]

    def __str__(self):
        return f"{self.ticket_id}: {self.score or '–'}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def is_answered(self):
        return self.answered_at is not None
