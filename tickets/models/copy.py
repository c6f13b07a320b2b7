from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.tag import ListedAsJson


class TicketCopyQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at=None)


class TicketCopy(models.Model):
    """Somebody outside who reads along: answers to the customer go to this address too. It opens no page to them.

    `name` is the address where no name is known. Taken off it stays as a row, so that the history can name whom it was about.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="copies", verbose_name=_("ticket"))
    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=254)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("put in copy by")
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True, editable=False)

    objects = TicketCopyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("person in copy")
        verbose_name_plural = _("people in copy")
        constraints = [models.UniqueConstraint(fields=["ticket", "email"], condition=models.Q(ended_at=None), name="in_copy_once")]

    def __str__(self):
        return self.name

    @property
    def has_name(self):
        return self.name != self.email


def copies_as_json():
    """Who reads along, as an annotation of the ticket's row; `copies_of` reads it."""
    of_ticket = TicketCopy.objects.running().filter(ticket=OuterRef("pk")).order_by().values("ticket")
    return Subquery(of_ticket.annotate(listed=ListedAsJson(JSONObject(id="pk", name="name", email="email"))).values("listed"))


def copies_of(ticket):
    """Who reads along, in the order they came. No query where the ticket came `for_page`."""
    if "copy_rows" in ticket.__dict__:
        rows = [TicketCopy(pk=row["id"], ticket_id=ticket.pk, name=row["name"], email=row["email"]) for row in ticket.copy_rows or ()]
    else:
        rows = list(ticket.copies.running())
    return sorted(rows, key=lambda row: row.pk)
