from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.choices import Priority


class MacroGives(models.TextChoices):
    """Whom a macro gives the ticket."""

    KEEPS = "", pgettext_lazy("who has the ticket", "Stays with whoever has it")
    DOER = "doer", _("Whoever runs it")
    PERSON = "person", _("A certain person")
    TEAM = "team", _("A certain team")
    NOBODY = "nobody", _("Nobody")


class Macro(models.Model):
    """What a prepared answer does besides its words: status, holder, priority, tags, fields. What is empty stays as it is.

    `values`: {id of a field: its value as plain data}.
    """

    template = models.OneToOneField("tickets.ReplyTemplate", models.CASCADE, related_name="macro", verbose_name=_("prepared answer"))
    status = models.ForeignKey("statuses.Status", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("status"))
    gives = models.CharField(_("who gets the ticket"), max_length=8, choices=MacroGives, blank=True, default=MacroGives.KEEPS)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person"))
    team = models.ForeignKey("auth.Group", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team"))
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, null=True, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    values = models.JSONField(_("fields"), default=dict, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("macro")
        verbose_name_plural = _("macros")

    def __str__(self):
        return str(self.template)

    @property
    def is_empty(self):
        return not (self.status_id or self.gives or self.priority or self.tags or self.values)
