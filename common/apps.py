from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """Foundations: words, numbers, dates, files, errors. Knows no other app of the product."""

    name = "common"
    verbose_name = _("Foundations")
