from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.choices import MessageKind, Source
from tickets.querysets import MessageQuerySet


class Message(models.Model):
    """Something said in a ticket: by the customer, by staff to the customer, or among staff (a note).

    body_html was sanitised when it was stored; body_text is the same in plain text.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="messages", db_index=False, verbose_name=_("ticket"))
    kind = models.CharField(_("kind"), max_length=12, choices=MessageKind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    customer = models.ForeignKey("customers.Customer", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("customer"))
    body_html = models.TextField(_("text"))
    body_text = models.TextField(_("plain text"))
    source = models.CharField(_("came by"), max_length=12, choices=Source, default=Source.PORTAL)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False, db_index=False,
        verbose_name=_("changed by"),
    )  # fmt: skip
    redacted_at = models.DateTimeField(_("parts blacked out at"), null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [models.Index(fields=["ticket", "created_at", "id"], name="thread")]

    def __str__(self):
        return self.body_text[:60]

    @property
    def is_note(self):
        return self.kind == MessageKind.NOTE

    @property
    def is_from_customer(self):
        return self.kind == MessageKind.CUSTOMER
