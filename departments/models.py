from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from common.keys import KeyField
from departments import switches


class Assignment(models.TextChoices):
    """How a department's new tickets find their assignee."""

    RESPONSIBLE = "responsible", _("to the responsible person")
    MANUAL = "manual", _("by hand")
    RANDOM = "random", _("to a random member")
    BALANCED = "balanced", _("to the member with the fewest open tickets")
    ROUND_ROBIN = "round_robin", _("in turn")


class DepartmentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(archived_at__isnull=True).order_by("position", "pk")

    def offered_in(self, store):
        """What a customer may choose in this store's portal."""
        return self.active().filter(is_public=True, stores=store)

    def with_form_at(self, address, store):
        """The department whose published form stands at this address of the store's portal; internal ones too. None without."""
        found = self.active().filter(form_address=address, form_published=True, stores=store).first() if address else None
        return found if found and found.uses(switches.WEB_FORM) else None


class Department(models.Model):
    """Where a ticket lands: sales, support, repairs. It follows one workflow and may have a responsible person."""

    key = KeyField(unique=True)
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
    teams = models.ManyToManyField("auth.Group", related_name="departments", blank=True, verbose_name=_("teams"))
    assignment = models.CharField(_("new tickets are given"), max_length=12, choices=Assignment, default=Assignment.RESPONSIBLE)
    only_present = models.BooleanField(_("only to members who are present"), default=True)
    most_open = models.PositiveSmallIntegerField(
        _("open tickets per person, at most"),
        null=True,
        blank=True,
        help_text=_("Empty: no limit. Whoever has so many gets no more by themselves."),
    )
    form_address = models.SlugField(_("address of its form"), max_length=40, blank=True, default="")
    form_published = models.BooleanField(_("its form is published"), default=False)
    switches = models.JSONField(_("switched off"), default=list, blank=True, help_text=_("Codes of departments.switches."))
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
            ("edit_messages", "edit and black out messages"),
            ("see_originals", "see originals of changed messages"),
        ]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["form_address"], condition=~models.Q(form_address=""), name="one_form_per_address")]

    def __str__(self):
        return str(self.name)

    @property
    def is_archived(self):
        return self.archived_at is not None and self.archived_at <= timezone.now()

    def uses(self, code):
        """Whether this switch of departments.switches is on."""
        return code not in self.switches

    @property
    def promised_hours(self):
        """Within how many hours it answers, as customers are told; None where nothing is told."""
        return self.answer_hours if self.uses(switches.PROMISE) else None


class AssignmentTurn(models.Model):
    """Who was given a ticket of the department last. Locked while one is given out, so that two at once see each other."""

    department = models.OneToOneField(Department, models.CASCADE, primary_key=True, related_name="turn")
    last = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ()
        verbose_name = _("turn")
        verbose_name_plural = _("turns")

    def __str__(self):
        return str(self.department_id)


class RequestTypeQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(archived_at=None)

    def of_department(self, department):
        """What a ticket of this department may be: types for all, and its own."""
        own = models.Q(departments=department) | models.Q(departments=None)
        types = self.kept().filter(own).order_by("position", "pk").distinct()
        if not department.uses(switches.REQUEST_TYPES):
            return types.none()
        return types

    def offered_by(self, department):
        """What customers may choose in this department's forms."""
        types = self.of_department(department).filter(in_forms=True)
        return types if department.uses(switches.AFTER_SALE_TYPES) else types.filter(is_after_sale=False)


class RequestType(models.Model):
    """What kind of request it is: a question, a complaint, a repair, an offer. Owners define them; code asks for none by name."""

    key = KeyField(unique=True)
    name = I18nCharField(_("name"), max_length=60)
    icon = models.SlugField(_("icon"), max_length=40, default="question-circle")
    departments = models.ManyToManyField(
        Department, related_name="request_types", blank=True, verbose_name=_("departments"), help_text=_("None: for all of them.")
    )
    is_after_sale = models.BooleanField(_("about something that was bought"), default=False)
    in_forms = models.BooleanField(_("customers may choose it"), default=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    objects = RequestTypeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("request type")
        verbose_name_plural = _("request types")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.name)
