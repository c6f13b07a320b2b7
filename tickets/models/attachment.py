import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from custom_fields.models import CustomerAccess, Field
from tickets.choices import MessageKind
from tickets.models.ticket import Ticket


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user, *, even_removed=False):
        """Files of messages this person may read: as staff by their rights, as customer in their own tickets, never of notes;
        as a colleague of the customer what was said in a request that their organisation shares.

        `even_removed`: those that were taken out as well, which are for staff with the right to originals.
        """
        as_staff = models.Q(message__ticket__in=Ticket.objects.visible_to(user).values("pk"))
        as_customer = models.Q(message__ticket__in=Ticket.objects.of_customer(user).values("pk"))
        as_colleague = models.Q(message__ticket__in=Ticket.objects.of_colleagues(user).values("pk"))
        to_staff = self._not_in(Field.objects.for_reader(user).filter(is_open=False))
        there = self if even_removed else self.there()
        return there.filter((as_staff & to_staff) | (as_customer & self._known_to_customers()) | (as_colleague & self._said_to_customers()))

    def known_to_customers(self):
        """Files that are not of notes, nor of fields that customers know nothing of."""
        return self.there().filter(self._known_to_customers())

    def _known_to_customers(self):
        return self._not_in(Field.objects.filter(customer_access=CustomerAccess.NONE)) & ~models.Q(message__kind=MessageKind.NOTE)

    def _said_to_customers(self):
        held = self.model._meta.get_field("field_values").related_model.objects.filter(attachment=models.OuterRef("pk"))
        return models.Q(~models.Exists(held)) & ~models.Q(message__kind=MessageKind.NOTE)

    def _not_in(self, fields):
        held = self.model._meta.get_field("field_values").related_model.objects.filter(attachment=models.OuterRef("pk"))
        return models.Q(~models.Exists(held.filter(field__in=fields.values("pk"))))

    def said(self, *, even_removed=False):
        """Files that stand in the talk. Those of fields stand beside it; those that were taken out are left out, unless they are asked for."""
        there = self if even_removed else self.there()
        held = self.model._meta.get_field("field_values").related_model.objects.filter(attachment=models.OuterRef("pk"))
        return there.filter(~models.Exists(held))

    def there(self):
        """All but those that staff took out of a message."""
        return self.filter(removed_at=None)

    def for_serving(self):
        """With the ticket, whose rights say under which name a file leaves."""
        ticket = "message__ticket"
        others = [f"{ticket}__{name}" for name in ("customer__user", "store", "status", "department")]
        return self.select_related(*others).defer("message__body_html", "message__body_text")


def _place(attachment, name):
    """A random place: what people call their file never becomes a path."""
    token = attachment.pk.hex
    return f"{token[:2]}/{token}"


def _thumbnail_place(attachment, name):
    return f"{_place(attachment, name)}.thumb"


class Attachment(models.Model):
    """A file on a message. The name is what people called it; the type was found by looking inside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey("tickets.Message", models.CASCADE, related_name="attachments", verbose_name=_("message"))
    file = models.FileField(_("file"), upload_to=_place, max_length=120)
    thumbnail = models.FileField(_("thumbnail"), upload_to=_thumbnail_place, max_length=120, blank=True)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    created_at = models.DateTimeField(_("stored at"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(_("taken out at"), null=True, blank=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.name

    @property
    def is_image(self):
        return self.width is not None

    @property
    def is_removed(self):
        return self.removed_at is not None
