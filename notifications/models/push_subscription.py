from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.secrets import EncryptedTextField


class PushSubscription(models.Model):
    """One browser of one person that shows notices, for the desk or for the portal of one store.

    It shows them as long as the session it was made in lives: who signed out there is told nothing there. Signing in again in the
    same browser takes it up again (`ended_at` is empty then).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions", verbose_name=_("person"))
    store = models.ForeignKey(
        "stores.Store", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("store"),
        help_text=_("Whose portal it belongs to; empty for the back office."),
    )  # fmt: skip
    endpoint = models.CharField(_("address at the push service"), max_length=1000, unique=True)
    public_key = EncryptedTextField(_("key of the browser"))
    auth_secret = EncryptedTextField(_("secret of the browser"))
    session_key = EncryptedTextField(_("session it was made in"))
    agent = models.CharField(_("browser"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    last_good_at = models.DateTimeField(_("last taken by the push service at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("device for notices")
        verbose_name_plural = _("devices for notices")

    def __str__(self):
        return self.agent or str(self.pk)
