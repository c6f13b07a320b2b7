from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.tag import ListedAsJson

ITEM_LIMIT = 200


class ChecklistItem(models.Model):
    """One thing that has to be done for a ticket, and who did it when. Staff alone read it."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="checklist", verbose_name=_("ticket"))
    name = models.CharField(_("what is to be done"), max_length=ITEM_LIMIT)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    created_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("checklist")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    @property
    def is_done(self):
        return self.done_at is not None


def checklist_as_json():
    """The checklist as an annotation of the ticket's row; `checklist_of` reads it."""
    of_ticket = ChecklistItem.objects.filter(ticket=OuterRef("pk")).order_by().values("ticket")
    row = JSONObject(id="pk", name="name", position="position", at="done_at", by="done_by__name", by_email="done_by__email")
    return Subquery(of_ticket.annotate(listed=ListedAsJson(row)).values("listed"))


def checklist_of(ticket):
    """The items in their order, each with `doer`, the name of who ticked it. No query where the ticket came `for_page`."""
    if "checklist_rows" in ticket.__dict__:
        items = [_item(ticket, row) for row in ticket.checklist_rows or ()]
    else:
        items = list(ticket.checklist.select_related("done_by"))
        for item in items:
            item.doer = str(item.done_by or "")
    return sorted(items, key=lambda item: (item.position, item.pk))


def _item(ticket, row):
    item = ChecklistItem(pk=row["id"], ticket_id=ticket.pk, name=row["name"], position=row["position"], done_at=_moment(row["at"]))
    item.doer = row["by"] or row["by_email"] or ""
    return item


def _moment(text):
    """What a database writes into JSON for a moment; SQLite leaves the zone out, which is UTC there."""
    moment = datetime.fromisoformat(text) if text else None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
