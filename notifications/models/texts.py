from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from common.keys import KeyField
from notifications.choices import Recipient, Template


class EventText(models.Model):
    """The owner's own words for one event, in one store. What is empty in a language keeps the product's words there.

    `carries_answer` (C10): whether the text of an answer stands in the message, or only the link to it.
    """

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="event_texts", verbose_name=_("store"))
    template = models.CharField(_("about"), max_length=24, choices=Template)
    subject = I18nCharField(_("subject"), max_length=200, blank=True)
    body = I18nTextField(_("e-mail"), blank=True)
    sms = I18nTextField(_("SMS"), blank=True)
    carries_answer = models.BooleanField(_("carries the text of the answer"), default=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("text of an event")
        verbose_name_plural = _("texts of events")
        constraints = [models.UniqueConstraint(fields=["store", "template"], name="one_text_per_event")]

    def __str__(self):
        return f"{self.template} · {self.store_id}"


class ActionText(models.Model):
    """A text that actions send. One text serves many actions."""

    key = KeyField(unique=True)
    name = models.CharField(_("name, for staff"), max_length=80)
    subject = I18nCharField(_("subject"), max_length=200)
    body = I18nTextField(_("e-mail"))
    sms = I18nTextField(_("SMS"), blank=True, help_text=_("Empty: no SMS is sent."))
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("text of actions")
        verbose_name_plural = _("texts of actions")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class ActionMessage(models.Model):
    """An action sends this text to these people."""

    action = models.ForeignKey("statuses.Action", models.CASCADE, related_name="messages", verbose_name=_("action"))
    text = models.ForeignKey(ActionText, models.PROTECT, related_name="uses", verbose_name=_("text"))
    recipient = models.CharField(_("to"), max_length=12, choices=Recipient)
    address = models.EmailField(_("address"), max_length=254, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("message of an action")
        verbose_name_plural = _("messages of actions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["action", "text", "recipient", "address"], name="action_tells_once")]

    def __str__(self):
        return f"{self.text_id} · {self.recipient}"
