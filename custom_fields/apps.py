from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomFieldsConfig(AppConfig):
    name = "custom_fields"
    verbose_name = _("fields")

    def ready(self):
        from common.kept import watch

        watch("custom_fields.Field", "custom_fields.ActionField")
