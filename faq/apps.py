from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FaqConfig(AppConfig):
    name = "faq"
    verbose_name = _("Faq")

    def ready(self):
        from common.kept import watch

        watch("faq.FaqSection", "faq.FaqTranslation", "faq.InfoPage")
        watch("faq.FaqEntry", besides=["reads", "solved", "unhelpful"])
