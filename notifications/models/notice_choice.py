from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeChoice(models.Model):
    """How one member of staff wants to hear, where that differs from the usual: who never chose has no row.

    `ways`: {"topic.channel": whether}; `watches`: the reasons for which a ticket is watched by itself.
    """

    REASONS = {
        "opened": _("I open for a customer"),
        "answered": _("I answer"),
        "mentioned": _("I am mentioned in"),
    }

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notice_choice", verbose_name=_("member of staff")
    )
    ways = models.JSONField(_("ways"), default=dict, blank=True)
    watches = models.JSONField(_("watched by itself"), default=list, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("choice of news")
        verbose_name_plural = _("choices of news")

    def __str__(self):
        return str(self.user_id)
