"""What is written in a ticket and not said yet: this person's draft, drafts colleagues let others look at, replies about to leave."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from common.html import text_to_html
from tickets.covering import cover_file
from tickets.models import DraftFile, OutgoingReply, ReplyDraft


def pending_flags(user):
    """Annotations for the ticket's own query: whether there is anything at all to ask for."""
    here = {"ticket": OuterRef("pk")}
    return {
        "has_drafts": Exists(ReplyDraft.objects.filter(Q(author=user) | Q(is_shared=True), **here)),
        "has_outgoing": Exists(OutgoingReply.objects.filter(**here)),
        # Two questions, each by its own index; with OR inside one it would be a walk along all such files.
        "has_waiting_files": Exists(DraftFile.objects.filter(draft__ticket=OuterRef("pk")))
        | Exists(DraftFile.objects.filter(outgoing__ticket=OuterRef("pk"))),
    }


class Pending:
    """Of one ticket before one member of staff. Costs nothing where the ticket's row says that there is nothing."""

    def __init__(self, request, ticket, access):
        self.request, self.ticket, self.access, self.user = request, ticket, access, request.user

    @cached_property
    def drafts(self):
        """One's own, and those of colleagues that are shared with whoever may answer here. Through a colleague's eyes: none."""
        if self.request.viewer or not getattr(self.ticket, "has_drafts", True):
            return []
        readable = Q(author=self.user) | Q(is_shared=True) if self.access.can_reply else Q(author=self.user)
        rows = ReplyDraft.objects.filter(readable, ticket=self.ticket.pk).select_related("author", "edited_by", "then")
        return self._with_files(rows, "draft")

    def _with_files(self, rows, name):
        """The rows, each with its files, of which the ticket's row knows whether there are any. One query for drafts and replies."""
        rows = list(rows)
        for row in rows:
            files = row.files.all()
            files._result_cache = [file for file in self._files if getattr(file, f"{name}_id") == row.pk]
            row._prefetched_objects_cache = {"files": files}  # as prefetch_related would do it
        return rows

    @cached_property
    def _files(self):
        if not getattr(self.ticket, "has_waiting_files", True):
            return []
        return list(DraftFile.objects.of_tickets([self.ticket.pk]))

    @property
    def own(self):
        return next((draft for draft in self.drafts if draft.author_id == self.user.pk), None)

    @cached_property
    def of_colleagues(self):
        """Shared drafts of others, as their reader may know them, the one that is being written in left out."""
        drafts = [draft for draft in self.drafts if draft.author_id != self.user.pk and draft != self.chosen]
        for draft in drafts:
            draft.text = self.ticket.mask.text(draft.text)
        return drafts

    @cached_property
    def chosen(self):
        """The draft in the composer: the colleague's that ?draft=… asks for, else one's own, else none."""
        asked = self.request.POST.get("draft") or self.request.GET.get("draft", "")
        return self.draft(asked) or self.own

    def draft(self, pk):
        """The draft of this id, if this person may write in it. What is covered for its reader cannot be written in by them."""
        found = next((draft for draft in self.drafts if str(draft.pk) == str(pk)), None)
        return None if found and found != self.own and self.ticket.mask.covers else found

    @cached_property
    def outgoing(self):
        """Replies about to leave, as they will stand in the talk."""
        if not getattr(self.ticket, "has_outgoing", True):
            return []
        mask, now = self.ticket.mask, timezone.now()
        rows = self._with_files(OutgoingReply.objects.filter(ticket=self.ticket.pk).select_related("author", "then"), "outgoing")
        for row in rows:
            row.body = mask.html(row.html or text_to_html(row.text))
            row.shown_files = [cover_file(file, mask, from_customer=False) for file in row.files.all() if str(file.pk) not in row.body]
            row.seconds = max(0, round((row.leaves_at - now).total_seconds()))
            row.is_mine = row.author_id == self.user.pk and not self.request.viewer
        return rows


def words_of(draft, *, answer=""):
    """What the composer begins with: the draft, and below it the prepared answer that was chosen where there is no script."""
    if draft is None:
        return {"text": answer}
    html = draft.html + (text_to_html(answer) if answer else "") if draft.html else ""
    words = {
        "text": "\n\n".join(words for words in (draft.text, answer) if words),
        "html": html,
        "mode": draft.mode,
        "mention": [str(pk) for pk in draft.mention],
        "kept": [str(file.pk) for file in draft.files.all()],
        "draft": draft.pk,
        "draft_version": draft.version,
    }
    return words | ({"then": str(draft.then_id)} if draft.then_id else {})
