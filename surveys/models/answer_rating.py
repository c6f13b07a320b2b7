from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from tickets.choices import Helped


class AnswerRating(models.Model):
    """Did this answer help? One per answer of staff, by the ticket's customer; where and whose it was is kept as it was then."""

    message = models.OneToOneField("tickets.Message", models.CASCADE, related_name="help_rating", verbose_name=_("answer"))
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="answer_ratings", verbose_name=_("ticket"))
    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+", db_index=False, verbose_name=_("store"))
    department = models.ForeignKey("departments.Department", models.CASCADE, related_name="+", db_index=False, verbose_name=_("department"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("who answered"),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=8, choices=Language, blank=True)
    score = models.PositiveSmallIntegerField(_("helped"), choices=Helped)
    first_score = models.PositiveSmallIntegerField(_("before it was changed"), choices=Helped, null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    answered_at = models.DateTimeField(_("rated at"), default=timezone.now)
    changed_at = models.DateTimeField(_("rating changed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("rating of an answer")
        verbose_name_plural = _("ratings of answers")
        constraints = [models.CheckConstraint(condition=models.Q(score__range=(1, 3)), name="an_answer_helped_or_not")]
        # As the reports read them.
        indexes = [
            models.Index(fields=["store", "answered_at"], name="helped_in_store"),
            models.Index(fields=["department", "answered_at"], name="helped_in_department"),
            models.Index(fields=["person", "answered_at"], name="helped_by_person"),
        ]

    def __str__(self):
        return f"{self.message_id}: {self.score}"
