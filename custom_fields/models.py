from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from common.keys import KeyField
from common.secrets import EncryptedTextField


class FieldKind(models.TextChoices):
    TEXT = "text", _("one line of text")
    LONG_TEXT = "long_text", _("several lines of text")
    NUMBER = "number", _("number")
    DATE = "date", pgettext_lazy("kind of field", "date")
    CHOICE = "choice", _("one of a list")
    SEVERAL = "several", _("several of a list")
    YES_NO = "yes_no", _("yes or no")
    FILE = "file", pgettext_lazy("kind of field", "file")
    EMAIL = "email", _("e-mail address")
    PHONE = "phone", _("telephone number")
    LINK = "link", pgettext_lazy("kind of field", "link")
    SECRET = "secret", _("secret: encrypted, shown on click")  # noqa: S105


class FieldPlace(models.TextChoices):
    """What the field says something about."""

    TICKET = "ticket", _("the request")
    ACTION = "action", _("what was done: only actions ask for it")
    CUSTOMER = "customer", _("the customer")


class CustomerAccess(models.TextChoices):
    NONE = "none", _("customers know nothing of it")
    SEES = "sees", _("customers see it")
    EDITS = "edits", _("customers fill it in")


class FieldQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(archived_at=None).order_by("position", "pk")

    def of_department(self, department):
        """What is asked about this department's tickets: fields for all, and its own."""
        return self.kept().filter(models.Q(departments=department) | models.Q(departments=None), place=FieldPlace.TICKET).distinct()

    def of_customers(self):
        return self.kept().filter(place=FieldPlace.CUSTOMER)

    def asked_in_forms(self):
        """What customers are asked when they write to us."""
        return self.filter(in_forms=True, customer_access=CustomerAccess.EDITS)

    def known_to_customers(self):
        return self.exclude(customer_access=CustomerAccess.NONE)

    def for_reader(self, user):
        """Adds `is_open` (this person may see it) and `is_theirs` (and change it), as far as that hangs on the teams the owner chose.

        Whoever looks through a colleague's eyes sees what is open to both.
        """
        return self.annotate(is_open=_in_teams(user, "viewers"), is_theirs=_in_teams(user, "editors"))


def _in_teams(user, name):
    chosen = Field._meta.get_field(name).remote_field.through.objects.filter(field=models.OuterRef("pk"))
    theirs = user._meta.get_field("groups").remote_field.through.objects.filter(user=user.pk).values("group")
    condition = models.Q(~models.Exists(chosen)) | models.Q(models.Exists(chosen.filter(group__in=theirs)))
    viewer = getattr(user, "seen_by", None)
    return condition & _in_teams(viewer, name) if viewer else condition


class Field(models.Model):
    """One more thing to know about a request, an action or a customer, as the owner defined it.

    `options` of a list: [{"key": …, "label": {language: words}, "archived": bool}]; keys are what is stored.
    """

    key = KeyField(unique=True)
    place = models.CharField(_("about"), max_length=8, choices=FieldPlace, default=FieldPlace.TICKET)
    kind = models.CharField(_("kind"), max_length=12, choices=FieldKind, default=FieldKind.TEXT)
    label = I18nCharField(_("label"), max_length=80)
    help = I18nCharField(_("help"), max_length=200, blank=True)
    options = models.JSONField(_("list"), default=list, blank=True)
    departments = models.ManyToManyField(
        "departments.Department", related_name="fields", blank=True, verbose_name=_("departments"), help_text=_("None: all of them.")
    )
    is_required = models.BooleanField(_("always required"), default=False)
    required_in = models.ManyToManyField("statuses.Status", related_name="+", blank=True, verbose_name=_("required before these statuses"))
    in_forms = models.BooleanField(_("asked in the portal's form"), default=True)
    in_lists = models.BooleanField(_("shown in lists"), default=False)
    customer_access = models.CharField(_("customers"), max_length=8, choices=CustomerAccess, default=CustomerAccess.EDITS)
    viewers = models.ManyToManyField(
        "auth.Group", related_name="+", blank=True, verbose_name=_("teams that see it"), help_text=_("None: everybody who sees the ticket.")
    )
    editors = models.ManyToManyField(
        "auth.Group", related_name="+", blank=True, verbose_name=_("teams that change it"), help_text=_("None: everybody who may answer.")
    )
    shown_when = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("only when this field"))
    shown_when_values = models.JSONField(_("has one of these values"), default=list, blank=True)
    wiped_after_days = models.PositiveSmallIntegerField(_("wiped so many days after closing"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    objects = FieldQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.label)

    @property
    def is_secret(self):
        return self.kind == FieldKind.SECRET


class ActionField(models.Model):
    """A field that an action asks for. The value is the ticket's, and stands in the history with the action."""

    action = models.ForeignKey("statuses.Action", models.CASCADE, related_name="asked_fields", verbose_name=_("action"))
    field = models.ForeignKey(Field, models.CASCADE, related_name="asking_actions", verbose_name=_("field"))
    is_required = models.BooleanField(_("required"), default=False)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("field of an action")
        verbose_name_plural = _("fields of actions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["action", "field"], name="asked_once_by_an_action")]

    def __str__(self):
        return f"{self.field_id} · {self.action_id}"


class StoredValue(models.Model):
    """A value of a field, in the column of its kind. A list of several has one row per option; a secret is encrypted."""

    field = models.ForeignKey(Field, models.PROTECT, related_name="+", verbose_name=_("field"))
    text = models.TextField(blank=True, default="")
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    option = models.CharField(max_length=40, blank=True, default="")
    secret = EncryptedTextField(blank=True, default="")

    class Meta:
        abstract = True


class CustomerValue(StoredValue):
    """What is known about a customer beyond what everybody has."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="values", verbose_name=_("customer"))

    class Meta:
        default_permissions = ()
        verbose_name = _("value of a customer's field")
        verbose_name_plural = _("values of customers' fields")
        constraints = [models.UniqueConstraint(fields=["customer", "field", "option"], name="customer_value_once")]

    def __str__(self):
        return f"{self.field_id} · {self.customer_id}"
