from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.choices import Deed
from audit.triggers import NEVER_CHANGED, NEVER_REMOVED


class LineIsFinal(Exception):
    """Somebody tried to change or remove a line of the audit log."""


class AuditQuerySet(models.QuerySet):
    """Reading and adding; every other way ends here, and what goes around it is refused by the database (audit/triggers.py)."""

    def update(self, **kwargs):
        raise LineIsFinal(NEVER_CHANGED)

    def delete(self):
        raise LineIsFinal(NEVER_REMOVED)

    def _update(self, values):
        raise LineIsFinal(NEVER_CHANGED)

    def _raw_delete(self, using):
        raise LineIsFinal(NEVER_REMOVED)

    def bulk_update(self, *args, **kwargs):
        raise LineIsFinal(NEVER_CHANGED)

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise LineIsFinal(NEVER_CHANGED)
        return super().bulk_create(objs, *args, **kwargs)

    def about(self, thing):
        """Lines whose thing this is: a person, a team, a role, a store."""
        return self.filter(subject_type=thing._meta.model_name, subject_id=str(thing.pk))

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class AuditLine(models.Model):
    """One deed. Names are kept as they were then; people and things may be renamed or go, the line stays as it is.

    `before` and `after` hold only what differed. Secrets never stand here, only that they changed.
    `store`: the one the thing belongs to; none for what belongs to several or to none, such as people and roles.
    """

    deed = models.CharField(_("deed"), max_length=20, choices=Deed)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name=_("done by")
    )
    actor_name = models.CharField(_("name of who did it"), max_length=160, blank=True)
    subject_type = models.CharField(_("kind of thing"), max_length=40, blank=True)
    subject_id = models.CharField(_("id of the thing"), max_length=40, blank=True)
    subject_name = models.CharField(_("name of the thing"), max_length=200, blank=True)
    store = models.BigIntegerField(_("id of the store"), null=True, blank=True)
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
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="audit_newest"),
            models.Index(fields=["deed", "-created_at", "-id"], name="audit_by_deed"),
            models.Index(fields=["actor", "-created_at", "-id"], name="audit_by_person"),
            models.Index(fields=["subject_type", "subject_id", "-created_at"], name="audit_of_thing"),
            models.Index(fields=["store", "-created_at", "-id"], name="audit_of_store"),
            models.Index(fields=["subject_type", "-created_at", "-id"], name="audit_of_kind"),
        ]

    def __str__(self):
        return f"{self.deed} · {self.subject_name}"

    def save(self, *args, **kwargs):
        """Only ever adds. A line made under the number of another one is refused as well."""
        if not self._state.adding:
            raise LineIsFinal(NEVER_CHANGED)
        super().save(force_insert=True, using=kwargs.get("using"))

    def save_base(self, *args, **kwargs):
        if not self._state.adding:
            raise LineIsFinal(NEVER_CHANGED)
        super().save_base(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args, **kwargs):
        raise LineIsFinal(NEVER_REMOVED)
