from django.db import models
from django.utils.translation import gettext_lazy as _


class SurveyAnswer(models.Model):
    """What one survey says to one of the owner's questions, beside the words the question had then."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="answers", verbose_name=_("survey"))
    question = models.ForeignKey(
        "surveys.SurveyQuestion", models.RESTRICT, related_name="answers", db_index=False, verbose_name=_("question")
    )
    wording = models.ForeignKey("surveys.Wording", models.RESTRICT, related_name="answers", verbose_name=_("words of the question"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    chosen = models.JSONField(_("chosen answers"), default=list, blank=True)
    text = models.TextField(_("words"), blank=True)

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        constraints = [models.UniqueConstraint(fields=["survey", "question"], name="one_answer_to_a_question")]
        indexes = [models.Index(fields=["question", "survey"], name="answers_to_a_question")]

    def __str__(self):
        return f"{self.survey_id}: {self.question_id}"

    @property
    def chosen_words(self):
        """What was chosen, in the words it had then."""
        return [str(self.wording.words_of(key)) for key in self.chosen]
