"""The rights there are, and the named sets of them (roles) that are given together.

The codes stand in the Meta of the models they are given on as well, as Django wants it; a test compares them.
"""

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
    MERGE = "merge_tickets", pgettext_lazy("right", "merge")
    DELETE = "delete_tickets", _("delete and restore")
    EDIT = "edit_messages", _("edit and black out messages")
    ORIGINALS = "see_originals", _("see originals of changed messages")


class WorkflowRight(models.TextChoices):
    """What holds for all statuses and actions of a workflow, those that will be added as well."""

    VIEW_ALL = "view_all_statuses", _("see tickets in every status")
    MOVE_TO_ALL = "move_to_all_statuses", _("move tickets to every status")
    PERFORM_ALL = "perform_all_actions", _("perform every action")


class StatusRight(models.TextChoices):
    VIEW = "view_in_status", _("see tickets here")
    MOVE_TO = "move_to_status", _("move tickets here")


class ActionRight(models.TextChoices):
    PERFORM = "perform_action", _("perform this action")


class StoreRight(models.TextChoices):
    VIEW_CUSTOMERS = "view_customers", _("see customer data")
    REVEAL_CUSTOMERS = "reveal_customers", _("reveal customer data for a reason")
    MANAGE_CUSTOMERS = "manage_customers", _("manage customers: notes, blocks, merging")
    ERASE_CUSTOMERS = "erase_customers", _("export and erase customers’ data")
    SHARE = "share_tickets", _("share a ticket")
    VIEW_REPORTS = "view_reports", _("see reports")
    CHANGE_SETTINGS = "change_settings", _("change settings")
    GRANT_RIGHTS = "grant_rights", _("grant rights")
    VIEW_AS = "view_as", _("view the desk as a colleague")
    VIEW_AUDIT = "view_audit", _("read the audit log")
    TAKE_EMERGENCY = "take_emergency", _("take emergency access")
    SHARE_VIEWS = "share_views", _("give views of the inbox to colleagues")


#: The right on a whole workflow that stands for this one on each of its statuses or actions.
FOR_ALL = {
    StatusRight.VIEW: WorkflowRight.VIEW_ALL,
    StatusRight.MOVE_TO: WorkflowRight.MOVE_TO_ALL,
    ActionRight.PERFORM: WorkflowRight.PERFORM_ALL,
}

#: Which rights are given on which kind of thing.
RIGHTS_ON = {
    "department": DepartmentRight,
    "workflow": WorkflowRight,
    "status": StatusRight,
    "action": ActionRight,
    "store": StoreRight,
}


class RoleKey(models.TextChoices):
    """The standard roles."""

    SUPPORTER = "supporter", _("Supporter")
    SENIOR = "senior", _("Senior")
    ACCOUNTANT = "accountant", _("Accountant")
    OBSERVER = "observer", _("Observer")
    MANAGER = "manager", _("Manager")
    OWNER = "owner", _("Owner")
