from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Change(models.TextChoices):
    EDITED = "edited", pgettext_lazy("a message", "edited")
    REDACTED = "redacted", pgettext_lazy("a message", "parts blacked out")


class MessageOriginal(models.Model):
    """What a message said before somebody changed it. Only those with the right to originals read it.

    One row for each change: the words before it, who changed them and when.
    """

    message = models.ForeignKey("tickets.Message", models.CASCADE, related_name="originals", verbose_name=_("message"))
    change = models.CharField(_("change"), max_length=12, choices=Change)
    body_html = models.TextField(_("text"))
    body_text = models.TextField(_("plain text"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("original of a message")
        verbose_name_plural = _("originals of messages")
        ordering = ["-changed_at", "-pk"]

    def __str__(self):
        return f"{self.message_id} · {self.change}"
