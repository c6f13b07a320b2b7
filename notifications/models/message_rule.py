from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.choices import Audience, Channel, Template


class MessageRule(models.Model):
    """The owner's word on one way for one message to one audience, where it differs from what would be (notifications.ways).

    For a whole store, or for one of its departments; a department's word counts before its store's.
    """

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="message_rules", verbose_name=_("store"))
    department = models.ForeignKey(
        "departments.Department", models.CASCADE, null=True, blank=True, related_name="message_rules", verbose_name=_("department")
    )
    template = models.CharField(_("about"), max_length=24, choices=Template)
    audience = models.CharField(_("to"), max_length=12, choices=Audience)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    is_on = models.BooleanField(_("sent"))

    class Meta:
        default_permissions = ()
        verbose_name = _("rule for messages")
        verbose_name_plural = _("rules for messages")
        constraints = [
            models.UniqueConstraint(
                fields=["store", "template", "audience", "channel"], condition=models.Q(department=None), name="one_rule_of_store"
            ),
            models.UniqueConstraint(fields=["store", "department", "template", "audience", "channel"], name="one_rule_of_department"),
        ]

    def __str__(self):
        return f"{self.template} · {self.audience} · {self.channel} · {self.is_on}"


class MessageSettings(models.Model):
    """How a store keeps messages from becoming a flood. One without a row goes by the defaults."""

    store = models.OneToOneField("stores.Store", models.CASCADE, primary_key=True, related_name="message_settings", verbose_name=_("store"))
    flood_mails = models.PositiveSmallIntegerField(
        _("e-mails of one kind to one colleague"), default=10, help_text=_("What is more than this is gathered into one e-mail.")
    )
    flood_minutes = models.PositiveSmallIntegerField(_("within so many minutes"), default=10)
    answers_minutes = models.PositiveSmallIntegerField(
        _("gather answers for so many minutes"),
        default=0,
        help_text=_("Several answers in one request are told to the customer in one e-mail. 0: each answer at once."),
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("settings of messages")
        verbose_name_plural = _("settings of messages")

    def __str__(self):
        return str(self.store_id)
