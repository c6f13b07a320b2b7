from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Surveys")

    def ready(self):
        from common.kept import watch

        watch("surveys.SurveyRules", "surveys.DepartmentRules", "surveys.SurveyQuestion", "surveys.Wording")
