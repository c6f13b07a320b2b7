from django.db import models
from django.utils.translation import gettext_lazy as _

from custom_fields.models import StoredValue


class FieldValue(StoredValue):
    """What a ticket holds in one of the owner's fields. A file is one of the ticket's attachments.

    Ticket.fields repeats what is short: {field id: plain value}; of a secret only that there is one.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="values", verbose_name=_("ticket"))
    attachment = models.ForeignKey(
        "tickets.Attachment", models.CASCADE, null=True, blank=True, related_name="field_values", verbose_name=_("file")
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("value of a field")
        verbose_name_plural = _("values of fields")
        constraints = [models.UniqueConstraint(fields=["ticket", "field", "option"], name="value_once")]
        indexes = [
            models.Index(fields=["field", "option", "ticket"], condition=~models.Q(option=""), name="values_by_option"),
            models.Index(fields=["field", "number", "ticket"], condition=models.Q(number__isnull=False), name="values_by_number"),
            models.Index(fields=["field", "date", "ticket"], condition=models.Q(date__isnull=False), name="values_by_date"),
        ]

    def __str__(self):
        return f"{self.field_id} · {self.ticket_id}"
