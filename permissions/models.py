"""Who was given what. Rows point straight at their department, status, action, workflow or store, so none is ever orphaned."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from i18nfield.fields import I18nCharField

from common.prepared import now
from permissions.rights import RoleKey

#: The fields of a role that hold rights.
RIGHT_FIELDS = ("department_rights", "workflow_rights", "store_rights")


class Role(models.Model):
    """A named set of rights that are given together. Standard ones have a key; owners change them and make others.

    Rows given through a role remember it, so that a change of the role reaches whoever has it.
    """

    key = models.CharField(_("key"), max_length=20, choices=RoleKey, unique=True, null=True, blank=True, editable=False)
    name = I18nCharField(_("name"), max_length=60)
    description = I18nCharField(_("whom it suits"), max_length=160, blank=True)
    department_rights = models.JSONField(_("rights in a department"), default=list, blank=True)
    workflow_rights = models.JSONField(_("rights in all statuses of its workflow"), default=list, blank=True)
    store_rights = models.JSONField(_("rights in the whole store"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.name)


class GivenQuerySet(models.QuerySet):
    def running(self):
        """Rows that have not ended. What has ended counts for nothing from that very moment."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=now()))


class Given(models.Model):
    """What every row knows besides who, what and where: by whom it was given, when, through which role, until when."""

    role = models.ForeignKey(Role, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("through the role"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("given by"))
    given_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, db_index=True)
    is_emergency = models.BooleanField(_("emergency"), default=False)

    objects = GivenQuerySet.as_manager()

    class Meta:
        abstract = True


class RoleHolding(models.Model):
    """A person or a team has this role in this department. The rights themselves are rows of their own, one by one."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="holdings", verbose_name=_("role"))
    department = models.ForeignKey("departments.Department", models.CASCADE, related_name="+", verbose_name=_("department"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="roles", verbose_name=_("person")
    )
    group = models.ForeignKey("auth.Group", models.CASCADE, null=True, blank=True, related_name="roles", verbose_name=_("team"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = GivenQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("role of a person or team")
        verbose_name_plural = _("roles of persons and teams")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "department"], name="role_of_person_once"),
            models.UniqueConstraint(fields=["group", "role", "department"], name="role_of_team_once"),
            models.CheckConstraint(
                condition=models.Q(user=None, group__isnull=False) | models.Q(user__isnull=False, group=None),
                name="role_of_a_person_or_a_team",
            ),
        ]

    def __str__(self):
        return f"{self.role} · {self.department}"

    @property
    def who(self):
        return self.user or self.group


class DepartmentUserObjectPermission(Given, UserObjectPermissionBase):
    content_object = models.ForeignKey("departments.Department", models.CASCADE)


class DepartmentGroupObjectPermission(Given, GroupObjectPermissionBase):
    content_object = models.ForeignKey("departments.Department", models.CASCADE)


class StatusUserObjectPermission(Given, UserObjectPermissionBase):
    content_object = models.ForeignKey("statuses.Status", models.CASCADE)


class StatusGroupObjectPermission(Given, GroupObjectPermissionBase):
    content_object = models.ForeignKey("statuses.Status", models.CASCADE)


class WorkflowUserObjectPermission(Given, UserObjectPermissionBase):
    content_object = models.ForeignKey("statuses.Workflow", models.CASCADE)


class WorkflowGroupObjectPermission(Given, GroupObjectPermissionBase):
    content_object = models.ForeignKey("statuses.Workflow", models.CASCADE)


class ActionUserObjectPermission(Given, UserObjectPermissionBase):
    content_object = models.ForeignKey("statuses.Action", models.CASCADE)


class ActionGroupObjectPermission(Given, GroupObjectPermissionBase):
    content_object = models.ForeignKey("statuses.Action", models.CASCADE)


class StoreUserObjectPermission(Given, UserObjectPermissionBase):
    content_object = models.ForeignKey("stores.Store", models.CASCADE)


class StoreGroupObjectPermission(Given, GroupObjectPermissionBase):
    content_object = models.ForeignKey("stores.Store", models.CASCADE)


#: For each kind of place: the rows of persons, and the rows of teams.
ROWS = {
    "department": (DepartmentUserObjectPermission, DepartmentGroupObjectPermission),
    "workflow": (WorkflowUserObjectPermission, WorkflowGroupObjectPermission),
    "status": (StatusUserObjectPermission, StatusGroupObjectPermission),
    "action": (ActionUserObjectPermission, ActionGroupObjectPermission),
    "store": (StoreUserObjectPermission, StoreGroupObjectPermission),
}
