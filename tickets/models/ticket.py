from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from statuses.models import StatusKind
from tickets.choices import MessageKind, Priority, Source
from tickets.querysets import TicketQuerySet

# A sleeping ticket stands in none of the lists of open ones, so none of them has to ask for the time: whoever wakes it clears the moment.
OPEN = models.Q(closed_at=None, deleted_at=None, snoozed_until=None)
SNOOZED = models.Q(snoozed_until__isnull=False, deleted_at=None)
CLOSED = models.Q(closed_at__isnull=False, deleted_at=None)
# In the order of opening, what else narrows a list is read from the index itself.
BY_PLACE = {"last": "last_message_at, id", "opened": "created_at, id, priority, request_type", "priority": "priority, last_message_at, id"}


def _by_place(word, condition, orders):
    """Indexes in which each (department, status) is a range, in these orders: {what the name ends with: columns}."""
    return [
        models.Index(fields=["department", "status", *columns.split(", ")], condition=condition, name=f"{word}_by_{name}")
        for name, columns in orders.items()
    ]


class Ticket(models.Model):
    """A question from one customer. It changes only through tickets.services.

    What lists show or sort by stands on the row, so that a list never asks for messages.
    """

    number = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    store = models.ForeignKey("stores.Store", models.PROTECT, related_name="tickets", db_index=False, verbose_name=_("store"))
    department = models.ForeignKey(
        "departments.Department", models.PROTECT, related_name="tickets", db_index=False, verbose_name=_("department")
    )
    status = models.ForeignKey("statuses.Status", models.PROTECT, related_name="tickets", db_index=False, verbose_name=_("status"))
    status_since = models.DateTimeField(_("in this status since"), default=timezone.now, editable=False)
    request_type = models.ForeignKey(
        "departments.RequestType", models.SET_NULL, null=True, blank=True, related_name="tickets", db_index=False,
        verbose_name=_("request type"),
    )  # fmt: skip
    fields = models.JSONField(_("fields shown in lists"), default=dict, blank=True, editable=False)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="tickets", db_index=False, verbose_name=_("customer"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="tickets", db_index=False,
        verbose_name=_("assignee"),
    )  # fmt: skip
    team = models.ForeignKey(
        "auth.Group", models.SET_NULL, null=True, blank=True, related_name="tickets", db_index=False, verbose_name=_("team")
    )
    tags = models.ManyToManyField("tickets.Tag", through="tickets.Tagging", related_name="tickets", verbose_name=_("tags"))
    subject = models.CharField(_("subject"), max_length=200)
    language = models.CharField(_("language"), max_length=8, choices=Language)
    source = models.CharField(_("came by"), max_length=12, choices=Source, default=Source.PORTAL)

    created_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", editable=False, db_index=False,
        verbose_name=_("merged into"),
    )  # fmt: skip
    first_answered_at = models.DateTimeField(_("first answered at"), null=True, blank=True, editable=False)
    last_message_at = models.DateTimeField(_("last message at"), default=timezone.now, editable=False)
    last_message_kind = models.CharField(_("who spoke last"), max_length=12, choices=MessageKind, editable=False)
    last_words = models.CharField(_("last words"), max_length=160, blank=True, editable=False)
    last_public_words = models.CharField(_("last words the customer knows"), max_length=160, blank=True, editable=False)
    last_word_by_customer = models.BooleanField(_("customer spoke last"), default=True, editable=False)
    waiting_since = models.DateTimeField(_("customer waits since"), null=True, blank=True, editable=False)
    snoozed_until = models.DateTimeField(_("sleeps until"), null=True, blank=True, editable=False)
    sleeps_through = models.BooleanField(_("sleeps though the customer writes"), default=False, editable=False)
    answer_due_at = models.DateTimeField(_("answer promised by"), null=True, blank=True, editable=False)
    has_files = models.BooleanField(_("with files"), default=False, editable=False)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = [
            models.CheckConstraint(condition=models.Q(assignee=None) | models.Q(team=None), name="ticket_with_a_person_or_a_team"),
            models.CheckConstraint(condition=models.Q(closed_at=None) | models.Q(snoozed_until=None), name="only_open_tickets_sleep"),
        ]
        # Each is named after the list or the task that it serves. A ticket stands in those of open ones or in those of closed ones,
        # so that a reply touches one half only. Ranges of (department, status) are merged by tickets.ranges.
        indexes = [
            *_by_place("open", OPEN, BY_PLACE),
            *_by_place("open", OPEN & models.Q(request_type__isnull=False), {"type": "request_type, last_message_at, id"}),
            *_by_place("open", OPEN & models.Q(answer_due_at__isnull=False), {"due": "answer_due_at, id"}),
            *_by_place("open", OPEN & models.Q(assignee=None, team=None), {"unassigned": "last_message_at, id"}),
            models.Index(fields=["assignee", "last_message_at", "id"], condition=OPEN & models.Q(assignee__isnull=False), name="open_mine"),
            models.Index(fields=["team", "last_message_at", "id"], condition=OPEN & models.Q(team__isnull=False), name="open_team"),
            models.Index(fields=["team", "last_message_at", "id"], condition=CLOSED & models.Q(team__isnull=False), name="closed_team"),
            models.Index(
                fields=["assignee", "last_message_at", "id"], condition=CLOSED & models.Q(assignee__isnull=False), name="closed_mine"
            ),
            *_by_place("closed", CLOSED, BY_PLACE),
            *_by_place("closed", CLOSED & models.Q(request_type__isnull=False), {"type": "request_type, last_message_at, id"}),
            *_by_place("snoozed", SNOOZED, {"until": "snoozed_until, id", **BY_PLACE}),
            models.Index(fields=["snoozed_until", "id"], condition=SNOOZED, name="snoozed_to_wake"),
            *_by_place("deleted", models.Q(deleted_at__isnull=False), {"last": "deleted_at, id"}),
            models.Index(fields=["rating", "last_message_at", "id"], condition=models.Q(rating__isnull=False), name="list_of_a_rating"),
            models.Index(fields=["customer", "last_message_at", "id"], name="portal_my_tickets"),
            models.Index(fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="tickets_merged"),
            models.Index(fields=["status", "last_message_at"], name="timed_since_last_message"),
            models.Index(fields=["status", "status_since"], name="timed_since_entered"),
        ]

    def __str__(self):
        """The number alone: where a ticket is named (the audit log, say), not everybody may know the customer whose words the subject is."""
        return self.number

    @property
    def is_closed(self):
        return self.closed_at is not None

    @property
    def is_snoozed(self):
        return self.snoozed_until is not None

    @property
    def is_deleted(self):
        return self.deleted_at is not None

    @property
    def is_shown_to_customer(self):
        """Whether it is there for whoever asked it: not deleted, and in a status the owner shows in the portal."""
        return not self.is_deleted and self.status.shown_in_portal

    @property
    def is_answered(self):
        """Whether the customer holds our answer, rather than waits for one."""
        return not self.last_word_by_customer

    @property
    def waits_for_customer(self):
        return self.status.kind == StatusKind.WAITING_FOR_CUSTOMER
