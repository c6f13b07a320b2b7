"""The rights there are, and the named sets of them (roles) that are given together."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DepartmentRight(models.TextChoices):
    VIEW = "view_tickets", _("see tickets")
    REPLY = "reply_tickets", pgettext_lazy("right", "answer")
    NOTE = "note_tickets", _("write notes")
    OPEN = "open_tickets", _("open tickets for customers")
    ASSIGN = "assign_tickets", _("assign")
    PASS_ON = "pass_on_tickets", _("pass to another department")
    CHANGE_STATUS = "change_ticket_status", _("change status and priority")
    CLOSE = "close_tickets", _("close and reopen")


class StatusRight(models.TextChoices):
    VIEW = "view_in_status", _("see tickets here")
    MOVE_TO = "move_to_status", _("move tickets here")


class StoreRight(models.TextChoices):
    VIEW_CUSTOMERS = "view_customers", _("see customer data")
    MANAGE_CUSTOMERS = "manage_customers", _("write notes and warnings about customers")
    CHANGE_SETTINGS = "change_settings", _("change settings")
    GRANT_RIGHTS = "grant_rights", _("grant rights")


class Role(models.TextChoices):
    """What is usually given together in one department."""

    SUPPORTER = "supporter", _("Supporter")
    OBSERVER = "observer", _("Observer")


ROLE_RIGHTS = {
    Role.SUPPORTER: list(DepartmentRight),
    Role.OBSERVER: [DepartmentRight.VIEW, DepartmentRight.NOTE],
}
