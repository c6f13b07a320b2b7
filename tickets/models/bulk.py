from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: For how long a run can be undone.
UNDO_FOR = timedelta(hours=1)


class Outcome(models.TextChoices):
    """What became of one ticket, when it was done and when it was undone."""

    WAITING = "waiting", _("not reached")
    DONE = "done", pgettext_lazy("bulk", "done")
    SAME = "same", _("was so already")
    REFUSED = "refused", pgettext_lazy("bulk", "not done")
    UNDONE = "undone", pgettext_lazy("bulk", "undone")
    KEPT = "kept", _("not undone")


class BulkRun(models.Model):
    """Something that one person did to several tickets at once. It keeps what was before, so that it can be undone for a while."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bulk_runs", verbose_name=_("done by"))
    deed = models.CharField(_("deed"), max_length=16)
    unknown = models.PositiveIntegerField(_("chosen, but not there for this person"), default=0)
    left_out = models.BooleanField(_("some were left out, because there were too many"), default=False)
    done_at = models.DateTimeField(_("done at"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("work on several tickets")
        verbose_name_plural = _("work on several tickets")
        indexes = [models.Index(fields=["done_at"], name="bulk_runs_to_forget")]

    def __str__(self):
        return f"{self.deed} · {self.user_id}"

    @property
    def undo_until(self):
        return self.done_at + UNDO_FOR


class BulkResult(models.Model):
    """What became of one ticket of a run. `before` and `after` are neutral facts; `words` is a refusal, as its reader was told."""

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="results", verbose_name=_("run"))
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+", verbose_name=_("ticket"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.WAITING)
    words = models.CharField(_("why"), max_length=400, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("result for one ticket")
        verbose_name_plural = _("results for one ticket")
        constraints = [models.UniqueConstraint(fields=["run", "ticket"], name="one_result")]

    def __str__(self):
        return f"{self.ticket_id} · {self.outcome}"
