from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from surveys.choices import AskedBy, WhyNot

ANSWERED = models.Q(answered_at__isnull=False)
ASKED = models.Q(asked_at__isnull=False)
SCORES = [MinValueValidator(1), MaxValueValidator(5)]


class SurveyQuerySet(models.QuerySet):
    def due(self):
        """Questions whose time has come and which nobody has asked or withdrawn yet."""
        return self.filter(due_at__lte=timezone.now(), asked_at=None, withdrawn_at=None, answered_at=None)

    def answered(self):
        return self.filter(ANSWERED)

    def asked(self):
        """Those the customer was asked, answered or not: what the response rate is a share of."""
        return self.filter(ASKED)


class Survey(models.Model):
    """One question after one closing: how was our help? Withdrawn when the story goes on.

    Where, of whom and by which way is kept as it was at closing, so that reports stay true when a ticket moves on. One that was never
    to be asked says why (`why_not`).
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="surveys", verbose_name=_("ticket"))
    event = models.OneToOneField("tickets.TicketEvent", models.CASCADE, related_name="survey", verbose_name=_("closing"))
    store = models.ForeignKey("stores.Store", models.CASCADE, null=True, related_name="+", db_index=False, verbose_name=_("store"))
    department = models.ForeignKey(
        "departments.Department", models.CASCADE, null=True, related_name="+", db_index=False, verbose_name=_("department")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("who had the ticket at closing"),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=8, choices=Language, blank=True)
    asked_by = models.CharField(_("asked by"), max_length=8, choices=AskedBy, blank=True)

    due_at = models.DateTimeField(_("to be asked at"))
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    why_not = models.CharField(_("why it was not asked"), max_length=16, choices=WhyNot, blank=True)
    asked_before_at = models.DateTimeField(_("when the customer had been asked before"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("answer changed at"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True, validators=SCORES)
    first_score = models.PositiveSmallIntegerField(_("score before it was changed"), null=True, blank=True, validators=SCORES)
    comment = models.TextField(_("comment"), blank=True)
    alerted_at = models.DateTimeField(_("responsible person told at"), null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(asked_at=None, withdrawn_at=None), name="surveys_to_ask"),
            models.Index(fields=["answered_at"], condition=ANSWERED, name="surveys_answered"),
            # As the reports read them.
            models.Index(fields=["store", "answered_at"], condition=ANSWERED, name="ratings_of_store"),
            models.Index(fields=["department", "answered_at"], condition=ANSWERED, name="ratings_of_department"),
            models.Index(fields=["person", "answered_at"], condition=ANSWERED, name="ratings_of_person"),
            models.Index(fields=["store", "asked_at"], condition=ASKED, name="asked_in_store"),
        ]

    def __str__(self):
        return f"{self.ticket_id}: {self.score or '–'}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def is_answered(self):
        return self.answered_at is not None
