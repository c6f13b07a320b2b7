from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.choices import Rhythm


class NoticeChoice(models.Model):
    """How one member of staff wants to hear, where that differs from the usual: who never chose has no row.

    `ways`: {"topic.channel": whether}; `watches`: the reasons for which a ticket is watched by itself; `gathered`: the topics whose
    mails come together, every hour or once a day. In quiet hours neither SMS nor push come, nor mail where `mail_waits`.
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

    gathered = models.JSONField(_("gathered"), default=list, blank=True)
    rhythm = models.CharField(_("gathered e-mails leave"), max_length=8, choices=Rhythm, default=Rhythm.HOURLY)
    digest_hour = models.PositiveSmallIntegerField(_("at this hour"), default=8)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet to"), null=True, blank=True)
    mail_waits = models.BooleanField(_("e-mail waits too"), default=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("choice of news")
        verbose_name_plural = _("choices of news")

    def __str__(self):
        return str(self.user_id)
