from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NOTE_LIMIT = 200


class WorkQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(minutes__isnull=False)

    def running(self):
        return self.filter(minutes=None)


class WorkRecord(models.Model):
    """Time that one member of staff worked on a ticket. Without minutes its timer runs since `started_at`."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="work", verbose_name=_("ticket"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member of staff")
    )
    started_at = models.DateTimeField(_("began at"), default=timezone.now, editable=False)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=NOTE_LIMIT, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("time worked")
        verbose_name_plural = _("times worked")
        ordering = ["-started_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], condition=models.Q(minutes=None), name="one_timer_each")]
        # The hours of a person, in the order of days.
        indexes = [models.Index(fields=["user", "started_at"], name="work_of_a_person")]

    def __str__(self):
        return f"{self.ticket_id} · {self.minutes}"


def worked_minutes():
    """The sum of a ticket, as an annotation of its row."""
    of_ticket = WorkRecord.objects.kept().filter(ticket=OuterRef("pk")).order_by().values("ticket")
    return Coalesce(Subquery(of_ticket.annotate(sum=Sum("minutes")).values("sum")), 0)


def timer_since(user):
    """Since when this person's timer runs on a ticket, as an annotation of its row."""
    running = WorkRecord.objects.running().filter(ticket=OuterRef("pk"), user=user)
    return Subquery(running.values("started_at")[:1])
