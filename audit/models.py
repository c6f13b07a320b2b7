from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.choices import Deed


class LineIsFinal(Exception):
    """Somebody tried to change or remove a line of the audit log."""


class AuditQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise LineIsFinal("Lines of the audit log are never changed.")

    def delete(self):
        raise LineIsFinal("Lines of the audit log are never removed.")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class AuditLine(models.Model):
    """One deed. Names are kept as they were then; people and things may be renamed or go, the line stays as it is.

    `before` and `after` hold only what differed. Secrets never stand here, only that they changed.
    """

    deed = models.CharField(_("deed"), max_length=20, choices=Deed)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name=_("done by")
    )
    actor_name = models.CharField(_("name of who did it"), max_length=160, blank=True)
    subject_type = models.CharField(_("kind of thing"), max_length=40, blank=True)
    subject_id = models.CharField(_("id of the thing"), max_length=40, blank=True)
    subject_name = models.CharField(_("name of the thing"), max_length=200, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("from the address"), null=True, blank=True)
    created_at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the audit log")
        verbose_name_plural = _("audit log")
        default_permissions = ()
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="audit_newest"),
            models.Index(fields=["deed", "-created_at", "-id"], name="audit_by_deed"),
            models.Index(fields=["actor", "-created_at", "-id"], name="audit_by_person"),
            models.Index(fields=["subject_type", "subject_id", "-created_at"], name="audit_of_thing"),
        ]

    def __str__(self):
        return f"{self.deed} · {self.subject_name}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise LineIsFinal("Lines of the audit log are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise LineIsFinal("Lines of the audit log are never removed.")
