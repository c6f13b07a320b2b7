from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

#: What holds while an owner has not decided.
PAUSE_DAYS = 30
CHANGE_DAYS = 7
BAD_SCORE = 2


class SurveyRules(models.Model):
    """How one store asks. A store without a row asks by these defaults.

    When it asks is the store's own `survey_delay_minutes`; by which ways, like that of any message, is said by `notifications`.
    """

    store = models.OneToOneField("stores.Store", models.CASCADE, related_name="survey_rules", verbose_name=_("store"))
    pause_days = models.PositiveSmallIntegerField(
        _("days before the same customer is asked again"), default=PAUSE_DAYS, validators=[MaxValueValidator(365)]
    )
    change_days = models.PositiveSmallIntegerField(
        _("days in which an answer may be changed"), default=CHANGE_DAYS, validators=[MaxValueValidator(60)]
    )
    bad_score = models.PositiveSmallIntegerField(
        _("a rating this low is bad"), default=BAD_SCORE, validators=[MaxValueValidator(4)],
        help_text=_("The responsible person is told, and the customer may open the request again right there. 0: never."),
    )  # fmt: skip
    thanks = I18nTextField(_("said when somebody has answered"), blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("rules of surveys")
        verbose_name_plural = _("rules of surveys")

    def __str__(self):
        return f"{self.store_id}"


class DepartmentRules(models.Model):
    """Where a department asks otherwise than its store."""

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+", db_index=False, verbose_name=_("store"))
    department = models.ForeignKey("departments.Department", models.CASCADE, related_name="survey_rules", verbose_name=_("department"))
    delay_minutes = models.PositiveIntegerField(_("survey leaves after closing, minutes"), null=True, blank=True)
    own_questions = models.BooleanField(_("has questions of its own"), default=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("rules of a department’s surveys")
        verbose_name_plural = _("rules of departments’ surveys")
        constraints = [models.UniqueConstraint(fields=["store", "department"], name="one_survey_rule_per_department")]

    def __str__(self):
        return f"{self.store_id}, {self.department_id}"
