from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.choices import LinkKind
from tickets.models.tag import ListedAsJson


class LinkQuerySet(models.QuerySet):
    def of(self, ticket):
        """Links in which this ticket (a row or an id) stands on either side."""
        return self.filter(models.Q(source=ticket) | models.Q(target=ticket))


class TicketLink(models.Model):
    """How two tickets belong together. It opens nothing: who does not see the other ticket is not told of the link."""

    source = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="links_from", verbose_name=_("ticket"))
    target = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="links_to", verbose_name=_("linked with"))
    kind = models.CharField(_("kind"), max_length=12, choices=LinkKind)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("link between tickets")
        verbose_name_plural = _("links between tickets")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="linked_once"),
            models.UniqueConstraint(fields=["target"], condition=models.Q(kind=LinkKind.PARENT), name="one_parent"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="linked_with_another"),
        ]

    def __str__(self):
        return f"{self.source_id} {self.kind} {self.target_id}"


def links_as_json():
    """The links of a ticket, from either side, as two annotations of its row, so that its page costs no query more for them."""

    def rows(here, other):
        of_ticket = TicketLink.objects.filter(**{here: OuterRef("pk")}).order_by().values(here)
        return Subquery(of_ticket.annotate(listed=ListedAsJson(JSONObject(id="pk", kind="kind", other=other))).values("listed"))

    return {"link_rows_source": rows("source", "target"), "link_rows_target": rows("target", "source")}
