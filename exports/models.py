import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Calendar, Language
from exports.choices import Format, Reason, State


class ExportQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=[State.QUEUED, State.WORKING])

    def lapsed(self):
        """Exports whose worker died, or was held up for longer than its lease."""
        return self.filter(state=State.WORKING, lease_until__lt=timezone.now())

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Export(models.Model):
    """A list that somebody wants as a file, from the wish until the file is gone. It changes only through exports.services.

    `what` and `chosen` say which list, as its address said it; `rights` is what the file was made with: it is handed out while
    its asker still holds all of it. Each attempt writes a file of its own, so that a worker taken for dead spoils nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports", verbose_name=_("asked by"))
    what = models.CharField(_("list"), max_length=20)
    chosen = models.JSONField(_("what was chosen"), default=dict, blank=True)
    format = models.CharField(_("kind of file"), max_length=8, choices=Format)
    language = models.CharField(_("language"), max_length=8, choices=Language)
    calendar = models.CharField(_("calendar"), max_length=12, choices=Calendar, default=Calendar.AUTO)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("being written until"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(_("rows written"), default=0)
    rows_total = models.PositiveIntegerField(_("rows in all"), null=True, blank=True)
    is_cut = models.BooleanField(_("there were more rows"), default=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    rights = models.JSONField(_("rights it was made with"), default=dict, blank=True)

    created_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("ready since"), null=True, blank=True)
    ends_at = models.DateTimeField(_("there until"), null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("file of a list")
        verbose_name_plural = _("files of lists")
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="exports_of_person"),
            models.Index(fields=["state", "created_at"], name="exports_by_state"),
        ]

    def __str__(self):
        return f"{self.what} · {self.format} · {self.state}"

    @property
    def is_unfinished(self):
        return self.state in {State.QUEUED, State.WORKING}

    @property
    def is_ready(self):
        return self.state == State.DONE and self.ends_at > timezone.now()

    @property
    def stored_name(self):
        """Where the private storage keeps the file of the running, or last, attempt."""
        return f"exports/{self.pk.hex}-{self.attempts}.{self.format}"

    @property
    def file_name(self):
        """What the file is called when it is fetched: tickets-2026-03-01.csv."""
        return f"{self.what}-{self.created_at.date().isoformat()}.{self.format}"

    @property
    def percent(self):
        return min(99, self.rows_done * 100 // self.rows_total) if self.rows_total else 0
