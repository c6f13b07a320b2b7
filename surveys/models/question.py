from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from i18nfield.strings import LazyI18nString

from surveys.choices import QuestionKind

#: From where to where each scale goes.
SCALES = {QuestionKind.SCALE_5: range(1, 6), QuestionKind.SCALE_10: range(11)}


class SurveyQuestion(models.Model):
    """One of the owner's own questions: the store's, or of one department that has a set of its own.

    Its words stand in a `Wording`, so that an answer keeps the words it was given to. One with answers is archived, never deleted.
    """

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="survey_questions", verbose_name=_("store"))
    department = models.ForeignKey(
        "departments.Department", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    kind = models.CharField(_("kind of answer"), max_length=8, choices=QuestionKind)
    wording = models.OneToOneField(
        "surveys.Wording", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("words used now")
    )
    is_required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["store", "department", "position"], condition=Q(archived_at=None), name="questions_asked")]

    def __str__(self):
        return str(self.wording.label) if self.wording else f"{self.pk}"

    @property
    def is_scale(self):
        return self.kind in SCALES

    @property
    def is_archived(self):
        return self.archived_at is not None


class Wording(models.Model):
    """The words of a question at one time. Once somebody has answered them they never change: other words are another row."""

    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="wordings", verbose_name=_("question"))
    label = I18nCharField(_("question"), max_length=200)
    low_label = I18nCharField(_("words at the low end"), max_length=40, blank=True)
    high_label = I18nCharField(_("words at the high end"), max_length=40, blank=True)
    #: [{"key": "a", "label": {"en": …}, "archived": …}, …]; a key stays with its answer however the words change.
    choices = models.JSONField(_("answers to choose from"), default=list, blank=True)
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("words of a question")
        verbose_name_plural = _("words of questions")

    def __str__(self):
        return str(self.label)

    def offered(self):
        """[(key, LazyI18nString)] of what can be chosen now."""
        return [(choice["key"], LazyI18nString(choice["label"])) for choice in self.choices if not choice.get("archived")]

    def words_of(self, key):
        """What somebody chose, in the words it had then."""
        return next((LazyI18nString(choice["label"]) for choice in self.choices if choice["key"] == key), key)
