from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField


class DepartmentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(archived_at__isnull=True).order_by("position", "pk")

    def offered_in(self, store):
        """What a customer may choose in this store's portal."""
        return self.active().filter(is_public=True, stores=store)


class Department(models.Model):
    """Where a ticket lands: sales, support, repairs. It follows one workflow and may have a responsible person."""

    name = I18nCharField(_("name"), max_length=80)
    description = I18nCharField(_("what belongs here"), max_length=160, blank=True)
    icon = models.SlugField(_("icon"), max_length=40, default="chat-dots")
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    is_public = models.BooleanField(_("offered to customers"), default=True)
    stores = models.ManyToManyField("stores.Store", related_name="departments", verbose_name=_("stores"))
    workflow = models.ForeignKey("statuses.Workflow", models.PROTECT, related_name="departments", verbose_name=_("workflow"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible person"),
        help_text=_("New tickets are given to this person at once."),
    )
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="departments", blank=True, verbose_name=_("members"))
    answer_hours = models.PositiveSmallIntegerField(
        _("answers within, hours"), null=True, blank=True, help_text=_("Told to customers. Empty: nothing is promised.")
    )
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_tickets", "see tickets"),
            ("reply_tickets", "answer"),
            ("note_tickets", "write notes"),
            ("open_tickets", "open tickets for customers"),
            ("assign_tickets", "assign"),
            ("pass_on_tickets", "pass to another department"),
            ("change_ticket_status", "change status and priority"),
            ("close_tickets", "close and reopen"),
            ("merge_tickets", "merge"),
            ("delete_tickets", "delete and restore"),
        ]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.name)

    @property
    def is_archived(self):
        return self.archived_at is not None and self.archived_at <= timezone.now()
