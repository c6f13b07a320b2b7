from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from common.keys import KeyField
from common.prepared import Prepared


class StatusKind(models.TextChoices):
    """What a status means to the product. Names are the owner's; code asks for the kind."""

    NEW = "new", _("New")
    OPEN = "open", _("Ours to act on")
    WAITING_FOR_CUSTOMER = "waiting_for_customer", _("Waiting for customer")
    WAITING_FOR_OTHERS = "waiting_for_others", _("Waiting for others")
    CLOSED = "closed", _("Closed")


class KeptQuerySet(models.QuerySet):
    """What was retired stays, so that the history can name it; nobody is offered it any more."""

    def kept(self):
        return self.filter(archived_at=None)


class Workflow(models.Model):
    """An ordered set of statuses that a department's tickets pass through. Owners change it by publishing (automations)."""

    key = KeyField(unique=True)
    name = I18nCharField(_("name"), max_length=120)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_all_statuses", "see tickets in every status"),
            ("move_to_all_statuses", "move tickets to every status"),
            ("perform_all_actions", "perform every action"),
        ]
        verbose_name = _("workflow")
        verbose_name_plural = _("workflows")

    def __str__(self):
        return str(self.name)

    def first_status(self):
        """Where a new ticket starts: the first status of kind “new”, else the first one that is not closed."""
        statuses = sorted(self.kept_statuses(), key=lambda status: (status.kind != StatusKind.NEW, status.position))
        return next((status for status in statuses if status.kind != StatusKind.CLOSED), None)

    def kept_statuses(self):
        """Those in use, in their order. No query where they were fetched before."""
        is_fetched = "statuses" in getattr(self, "_prefetched_objects_cache", ())
        statuses = self.statuses.all() if is_fetched or self.pk is None else self._read_statuses()
        return sorted((s for s in statuses if s.archived_at is None), key=lambda status: (status.position, status.pk))

    def _read_statuses(self):
        statuses = _statuses_of(workflow=self.pk)
        for status in statuses:
            status.workflow = self
        return statuses

    def closing_status(self):
        return next((s for s in self.kept_statuses() if s.kind == StatusKind.CLOSED), None)

    def status_of_kind(self, *kinds):
        """The first status whose kind comes first in the wish list; None when there is none of them."""
        statuses = self.kept_statuses()
        return next((status for kind in kinds for status in statuses if status.kind == kind), None)


class Status(models.Model):
    """One stage of a workflow: a name for staff, a name for customers, and where answers lead from it."""

    workflow = models.ForeignKey(Workflow, models.CASCADE, related_name="statuses", verbose_name=_("workflow"))
    key = KeyField()
    name = I18nCharField(_("name for staff"), max_length=80)
    customer_name = I18nCharField(_("name for customers"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=StatusKind)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    hue = models.FloatField(_("hue"), null=True, blank=True, help_text=_("Empty: the colour of the kind."))
    chroma = models.FloatField(_("colour strength"), null=True, blank=True)
    shown_in_portal = models.BooleanField(_("customers see tickets in it"), default=True)
    customer_may_reply = models.BooleanField(_("customers may write"), default=True)
    customer_may_close = models.BooleanField(_("customers may close"), default=True)
    customer_may_reopen = models.BooleanField(_("customers may open it again"), default=True)
    reply_days = models.PositiveSmallIntegerField(
        _("days in which a customer's reply reopens"), null=True, blank=True, help_text=_("For closed statuses. Empty: always.")
    )
    after_customer_reply = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("a customer's reply leads to")
    )
    after_staff_reply = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("a staff reply leads to")
    )
    asks_for_survey = models.BooleanField(_("entering it asks for a rating"), default=False)
    clock_runs = models.BooleanField(_("the promised time of an answer runs here"), default=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_in_status", "see tickets here"),
            ("move_to_status", "move tickets here"),
        ]
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        ordering = ["workflow_id", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["workflow", "key"], name="one_status_per_key")]

    def __str__(self):
        return str(self.name)

    @property
    def is_closed(self):
        return self.kind == StatusKind.CLOSED

    @property
    def portal_name(self):
        """What customers read: their own word for it, else the staff's."""
        return str(self.customer_name) or str(self.name)


class ActionDeed(models.TextChoices):
    """What pressing the button does, besides moving and giving the ticket."""

    MOVE = "move", _("nothing more: the ticket moves on")
    REPLY = "reply", _("answer the customer")
    NOTE = "note", _("write a note")
    PASS_ON = "pass_on", _("pass to another department")
    DELETE = "delete", _("delete the ticket")


class ActionLook(models.TextChoices):
    MAIN = "main", _("the main one")
    PLAIN = "plain", _("plain")
    DANGER = "danger", _("a warning")


class GivesTo(models.TextChoices):
    """Who has the ticket after the action."""

    KEEP = "keep", _("whoever has it now")
    NOBODY = "nobody", _("nobody")
    DOER = "doer", _("whoever does it")
    PERSON = "person", _("one person")
    TEAM = "team", _("one team")
    RESPONSIBLE = "responsible", _("the department's responsible person")
    METHOD = "method", _("as the department assigns")
    PREVIOUS = "previous", _("whoever had it before")
    CHOICE = "choice", _("whomever the doer chooses")


class FiresSince(models.TextChoices):
    LAST_MESSAGE = "last_message", _("since the last message")
    ENTERED = "entered", _("since the ticket came into this status")


class Action(models.Model):
    """A button of one status: what may be done there, and where it leads. Who may press it is a right of its own.

    With `fires_after_hours` it is also done by itself, once in each stay in the status.
    """

    status = models.ForeignKey(Status, models.CASCADE, related_name="actions", verbose_name=_("status"))
    key = KeyField()
    name = I18nCharField(_("label"), max_length=60)
    icon = models.SlugField(_("icon"), max_length=40, default="arrow-right")
    look = models.CharField(_("look"), max_length=8, choices=ActionLook, default=ActionLook.PLAIN)
    deed = models.CharField(_("what it does"), max_length=8, choices=ActionDeed, default=ActionDeed.MOVE)
    text = I18nTextField(_("words to begin with"), blank=True, help_text=_("Proposed for the answer or note. Variables are filled in."))
    target = models.ForeignKey(
        Status,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leads to"),
        help_text=_("Empty: the ticket stays where it is."),
    )
    department = models.ForeignKey(
        "departments.Department", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("passes to"),
        help_text=_("Empty: whoever does it chooses."),
    )  # fmt: skip
    gives_to = models.CharField(_("who gets the ticket"), max_length=12, choices=GivesTo, default=GivesTo.KEEP)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person"))
    team = models.ForeignKey("auth.Group", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team"))
    for_staff = models.BooleanField(_("staff have it"), default=True)
    for_customers = models.BooleanField(_("customers have it in the portal"), default=False)
    fires_after_hours = models.PositiveIntegerField(_("done by itself after so many hours"), null=True, blank=True)
    fires_since = models.CharField(_("counted"), max_length=12, choices=FiresSince, default=FiresSince.LAST_MESSAGE)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("perform_action", "perform this action")]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["status_id", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["status", "key"], name="one_action_per_key")]

    def __str__(self):
        return str(self.name)

    @property
    def asks_for_words(self):
        return self.deed in {ActionDeed.REPLY, ActionDeed.NOTE}


@Prepared
def _statuses_of(workflow):
    return Status.objects.filter(workflow=workflow)
