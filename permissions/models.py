"""Who was given what. Rows point straight at their department, status or store, so none is ever orphaned."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase


class DepartmentUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey("departments.Department", models.CASCADE)


class DepartmentGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey("departments.Department", models.CASCADE)


class StatusUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey("statuses.Status", models.CASCADE)


class StatusGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey("statuses.Status", models.CASCADE)


class StoreUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey("stores.Store", models.CASCADE)


class StoreGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey("stores.Store", models.CASCADE)
