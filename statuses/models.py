from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField


class StatusKind(models.TextChoices):
    """What a status means to the product. Names are the owner's; code asks for the kind."""

    NEW = "new", _("New")
    OPEN = "open", _("Ours to act on")
    WAITING_FOR_CUSTOMER = "waiting_for_customer", _("Waiting for customer")
    WAITING_FOR_OTHERS = "waiting_for_others", _("Waiting for others")
    CLOSED = "closed", _("Closed")


class Workflow(models.Model):
    """An ordered set of statuses that a department's tickets pass through."""

    name = I18nCharField(_("name"), max_length=120)

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
        statuses = sorted(self.statuses.all(), key=lambda status: (status.kind != StatusKind.NEW, status.position))
        return next((status for status in statuses if status.kind != StatusKind.CLOSED), None)

    def closing_status(self):
        return next((s for s in self.statuses.order_by("position") if s.kind == StatusKind.CLOSED), None)

    def status_of_kind(self, *kinds):
        """The first status whose kind comes first in the wish list; None when there is none of them."""
        statuses = list(self.statuses.order_by("position"))
        return next((status for kind in kinds for status in statuses if status.kind == kind), None)


class Status(models.Model):
    """One stage of a workflow: a name for staff, a name for customers, and where answers lead from it."""

    workflow = models.ForeignKey(Workflow, models.CASCADE, related_name="statuses", verbose_name=_("workflow"))
    name = I18nCharField(_("name for staff"), max_length=80)
    customer_name = I18nCharField(_("name for customers"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=StatusKind)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    hue = models.FloatField(_("hue"), null=True, blank=True, help_text=_("Empty: the colour of the kind."))
    chroma = models.FloatField(_("colour strength"), null=True, blank=True)
    customer_may_reply = models.BooleanField(_("customers may write"), default=True)
    customer_may_close = models.BooleanField(_("customers may close"), default=True)
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

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_in_status", "see tickets here"),
            ("move_to_status", "move tickets here"),
        ]
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        ordering = ["workflow_id", "position", "pk"]

    def __str__(self):
        return str(self.name)

    @property
    def is_closed(self):
        return self.kind == StatusKind.CLOSED

    @property
    def portal_name(self):
        """What customers read: their own word for it, else the staff's."""
        return str(self.customer_name) or str(self.name)


class Action(models.Model):
    """A button of one status: what may be done there, and where it leads. Who may press it is a right of its own."""

    status = models.ForeignKey(Status, models.CASCADE, related_name="actions", verbose_name=_("status"))
    name = I18nCharField(_("label"), max_length=60)
    icon = models.SlugField(_("icon"), max_length=40, default="arrow-right")
    target = models.ForeignKey(
        Status,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leads to"),
        help_text=_("Empty: the ticket stays where it is."),
    )
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        default_permissions = ()
        permissions = [("perform_action", "perform this action")]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["status_id", "position", "pk"]

    def __str__(self):
        return str(self.name)
