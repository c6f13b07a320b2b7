from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """Foundations: words, numbers, dates, files, errors. Knows no other app of the product."""

    name = "common"
    verbose_name = _("Foundations")

    def ready(self):
        from common.kept import watch_connection

        connection_created.connect(watch_connection, dispatch_uid="watch the settings")
