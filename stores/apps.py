"""A store: one stream of tickets with a face of its own."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class StoresConfig(AppConfig):
    name = "stores"
    verbose_name = _("Stores")

    def ready(self):
        """A signal, because what is kept in the cache must be forgotten whoever saves a store: a page, a command, a restored file."""
        from common.kept import watch
        from stores.addresses import forget_places

        watch("stores.Store", "stores.PortalLink")
        watch("stores.BlockRule", besides=["hits"])

        for saved in (post_save, post_delete):
            saved.connect(forget_places, sender="stores.Store", dispatch_uid=f"forget addresses {id(saved)}")
