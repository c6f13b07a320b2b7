from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WorkflowVersion(models.Model):
    """A workflow as it was published: its whole document, by which it can be gone back to."""

    workflow = models.ForeignKey("statuses.Workflow", models.CASCADE, related_name="versions", verbose_name=_("workflow"))
    number = models.PositiveIntegerField(_("version"))
    document = models.JSONField(_("document"))
    remark = models.CharField(_("what was changed"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("published at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("version of a workflow")
        verbose_name_plural = _("versions of workflows")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["workflow", "number"], name="one_version_per_number")]

    def __str__(self):
        return f"{self.workflow_id} · {self.number}"


class WorkflowDraft(models.Model):
    """A workflow as it is being changed. Nothing of it works before it is published; there is one draft for all who edit."""

    workflow = models.OneToOneField("statuses.Workflow", models.CASCADE, related_name="draft", verbose_name=_("workflow"))
    document = models.JSONField(_("document"))
    based_on = models.PositiveIntegerField(_("version it began with"), default=0)
    round = models.PositiveIntegerField(_("changes so far"), default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        default_permissions = ()
        verbose_name = _("draft of a workflow")
        verbose_name_plural = _("drafts of workflows")

    def __str__(self):
        return str(self.workflow_id)


class TimedRun(models.Model):
    """A timed action at one ticket, in one stay of it in the status: that it was done, or why it could not be. Once in each stay.

    `stay`: since when the ticket stands there (Ticket.status_since).
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="timed_runs", verbose_name=_("ticket"))
    action = models.ForeignKey("statuses.Action", models.CASCADE, related_name="timed_runs", verbose_name=_("action"))
    stay = models.DateTimeField(_("in the status since"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    refusal = models.CharField(_("why it was not done"), max_length=60, blank=True, default="")
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("timed action at a ticket")
        verbose_name_plural = _("timed actions at tickets")
        constraints = [models.UniqueConstraint(fields=["ticket", "action", "stay"], name="timed_once_in_each_stay")]

    def __str__(self):
        return f"{self.action_id} · {self.ticket_id}"
