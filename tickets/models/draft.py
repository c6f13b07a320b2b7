"""What staff have written and not sent: drafts, kept on the server; replies that leave in some seconds; and the files of both."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.core.files.base import File
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.uploads import StoredUpload, random_path
from permissions.querysets import departments_where
from permissions.rights import DepartmentRight
from tickets.models.ticket import Ticket


class Mode(models.TextChoices):
    REPLY = "reply", pgettext_lazy("what staff write", "Reply")
    NOTE = "note", pgettext_lazy("what staff write", "Note")


class HeldBack(models.TextChoices):
    """Why a reply that was about to leave is a draft again."""

    TAKEN_BACK = "taken_back", _("You took it back.")
    NEWS = "news", _("Something new was said before it left.")
    NO_RIGHT = "no_right", _("You may not answer in this ticket any more.")
    GONE = "gone", _("The ticket was deleted before it left.")
    REFUSED = "refused", _("The ticket had changed, so that it could not be sent as it stood.")


class ReplyDraftQuerySet(models.QuerySet):
    def readable_by(self, user):
        """One's own, and those a colleague lets others look at who may answer there; all of tickets this person sees."""
        shared = Q(is_shared=True, ticket__department__in=departments_where(user, DepartmentRight.REPLY).values("pk"))
        return self.filter(Q(author=user) | shared, ticket__in=Ticket.objects.visible_to(user).values("pk"))

    def for_list(self):
        return self.select_related("ticket__customer", "ticket__status", "ticket__store", "author").order_by("-updated_at", "-pk")


class ReplyDraft(models.Model):
    """What one person has begun to write in one ticket. The others do not see it, unless it is shared with them.

    `html` was sanitised when it was stored; where it is empty, `text` is all there is. `version` tells two writers of one draft apart.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="drafts", verbose_name=_("ticket"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reply_drafts", verbose_name=_("written by"))
    mode = models.CharField(_("reply or note"), max_length=5, choices=Mode, default=Mode.REPLY)
    text = models.TextField(_("plain text"), blank=True)
    html = models.TextField(_("text"), blank=True)
    mention = models.JSONField(_("mentioned colleagues"), default=list, blank=True)
    then = models.ForeignKey("statuses.Status", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("then"))
    is_shared = models.BooleanField(_("colleagues may look at it"), default=False)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    held_back = models.CharField(_("why it came back"), max_length=12, choices=HeldBack, blank=True)
    created_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("kept at"), default=timezone.now, editable=False)

    objects = ReplyDraftQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["ticket", "author"], name="one_draft_each")]
        indexes = [
            models.Index(fields=["author", "-updated_at"], name="drafts_of_person"),
            models.Index(fields=["-updated_at"], condition=Q(is_shared=True), name="drafts_shared"),
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def is_empty(self):
        return not self.text.strip() and not self.html and not self.files.exists()


class OutgoingReply(models.Model):
    """A reply that was sent and has not left yet: until `leaves_at` its sender may take it back. Customers know nothing of it.

    `writer`: the colleague whose shared draft it was. `macro`: a prepared answer whose other parts are done when it leaves.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="outgoing", verbose_name=_("ticket"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("sent by"))
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    text = models.TextField(_("plain text"), blank=True)
    html = models.TextField(_("text"), blank=True)
    then = models.ForeignKey("statuses.Status", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("then"))
    macro = models.ForeignKey("tickets.ReplyTemplate", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("macro"))
    leaves_at = models.DateTimeField(_("leaves at"))
    created_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("reply about to leave")
        verbose_name_plural = _("replies about to leave")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["leaves_at"], name="replies_to_send")]

    def __str__(self):
        return self.text[:60]


class DraftFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of one's own drafts and of shared ones; those of replies about to leave, for whoever sees the ticket."""
        seen = Ticket.objects.visible_to(user).values("pk")
        of_draft = Q(draft__ticket__in=seen) & (Q(draft__author=user) | Q(draft__is_shared=True))
        return self.filter(of_draft | Q(outgoing__ticket__in=seen))

    def of_tickets(self, pks):
        return self.filter(Q(draft__ticket__in=pks) | Q(outgoing__ticket__in=pks))


class DraftFile(StoredUpload, models.Model):
    """A file of a draft or of a reply about to leave. Said, it becomes an attachment with the same id, so that pictures in the text stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(ReplyDraft, models.CASCADE, null=True, blank=True, related_name="files", verbose_name=_("draft"))
    outgoing = models.ForeignKey(OutgoingReply, models.CASCADE, null=True, blank=True, related_name="files")
    file = models.FileField(_("file"), upload_to=random_path, max_length=120)
    thumbnail = models.FileField(_("thumbnail"), upload_to=random_path, max_length=120, blank=True)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    created_at = models.DateTimeField(_("stored at"), default=timezone.now, editable=False)

    objects = DraftFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False, outgoing__isnull=True) | Q(draft__isnull=True, outgoing__isnull=False),
                name="file_of_draft_or_outgoing",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_image(self):
        return self.width is not None

    def checked(self):
        """As it was when it had been looked into; in its message it keeps its id and goes by the name it came with."""
        checked = super().checked()
        return replace(checked, id=self.pk, content=File(checked.content, name=self.name))
