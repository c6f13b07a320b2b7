"""Sending with a way back: a reply waits some seconds, in which its sender may undo it, and then it is said.

The row is the truth. It is said and removed in one transaction, under a lock on the row: of two workers one says it, and a worker
that dies in between has said nothing. A worker is woken for the moment it leaves; what no worker took, the clock finds.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from common.errors import DeskError
from common.storing import store
from tickets.access import TicketAccess
from tickets.choices import Kind
from tickets.errors import AlreadyLeft, NothingToSay, StatusOfAnotherWorkflow, TicketIsGone
from tickets.field_values import guard_fields
from tickets.history import record
from tickets.merged import end_of
from tickets.models import DraftFile, OutgoingReply, ReplyDraft, Ticket
from tickets.models.draft import HeldBack
from tickets.services.drafts import clean_words, forget_draft, forget_files, keep_file, locked_draft, put_above
from tickets.services.lifecycle import guard_version, locked, reply_as_staff
from tickets.services.linking import guard_blockers
from tickets.services.macros import run_macro

log = logging.getLogger(__name__)

# What failed for a reason of ours is tried again after so long.
REST = timedelta(minutes=1)


@transaction.atomic
def hold_reply(
    ticket, *, text="", html="", files=(), kept=(), by, then=None, seen_version=None, draft=None, macro=None, even_blocked=False
):
    """Send staff's words to the customer, after the seconds the store's owner gives for taking them back. None: sent at once.

    `files` are checked uploads, `kept` files of a draft (DraftFile). `draft`: what it was written in, forgotten now; where a colleague
    shared it, the history says who wrote it. `macro`: its other parts are done with it. Raises what sending at once would raise.
    """
    ticket = locked(ticket)
    guard_version(ticket, seen_version)
    if then and then.workflow_id != ticket.department.workflow_id:
        raise StatusOfAnotherWorkflow()
    if then:
        guard_fields(ticket, then)
    if then and then.is_closed and not ticket.is_closed and not even_blocked:
        guard_blockers(ticket)
    html, text = clean_words(text, html)
    files, kept = list(files), list(kept)
    if not text.strip() and not html and not files and not kept:
        raise NothingToSay()
    draft = draft and locked_draft(ticket, by=by, draft=draft)
    writer = draft.author if draft is not None and draft.author_id != by.pk else None
    outgoing = OutgoingReply(
        ticket=ticket, author=by, writer=writer, text=text, html=html, then=then, macro=macro,
        leaves_at=timezone.now() + timedelta(seconds=ticket.store.undo_seconds),
    )  # fmt: skip
    if not ticket.store.undo_seconds:
        _say(outgoing, ticket, files + [row.checked() for row in kept])
        forget_files(kept)
    else:
        store(outgoing)
        if kept:
            DraftFile.objects.filter(pk__in=[row.pk for row in kept]).update(draft=None, outgoing=outgoing)
        for checked in files:
            keep_file(checked, outgoing=outgoing)
        transaction.on_commit(lambda: _wake(outgoing), robust=True)
    if draft is not None:
        forget_draft(draft)
    return outgoing if outgoing.pk else None


@transaction.atomic
def take_back_reply(outgoing, *, by):
    """Undo: the words, files and choices are a draft again, which is returned. Raises AlreadyLeft when it is too late.

    Only for its sender; whatever they have begun to write meanwhile stands below.
    """
    outgoing = OutgoingReply.objects.select_for_update(of=("self",)).filter(pk=outgoing.pk, author=by).first()
    if outgoing is None:
        raise AlreadyLeft()
    return _make_draft(outgoing, HeldBack.TAKEN_BACK)


def send_due_replies(*, limit=100):
    """Say what should have left by now: what no worker was woken for. Returns how many left or came back."""
    due = OutgoingReply.objects.filter(leaves_at__lte=timezone.now()).order_by("leaves_at")
    return sum(send_reply(pk) for pk in due.values_list("pk", flat=True)[:limit])


def send_reply(pk):
    """Say one reply, if its moment has come and it is still there. True when this call settled it.

    It becomes a draft again, and its sender is told, where it cannot be said any more: somebody else wrote meanwhile, the right was
    taken away, the ticket was deleted. In a ticket that was merged it is said where that one goes on.
    """
    try:
        with transaction.atomic():
            outgoing = OutgoingReply.objects.select_for_update(of=("self",)).filter(pk=pk, leaves_at__lte=timezone.now()).first()
            if outgoing is None:
                return False
            _settle(outgoing)
            return True
    except Exception:
        log.exception("reply %s could not leave; it is tried again", pk)
        OutgoingReply.objects.filter(pk=pk).update(leaves_at=timezone.now() + REST)
        return False


def _settle(outgoing):
    ticket = end_of(outgoing.ticket)
    against = _what_is_against(outgoing, ticket)
    if not against:
        try:
            with transaction.atomic():
                _say(outgoing, ticket, [row.checked() for row in outgoing.files.all()])
        except DeskError as refusal:
            against = HeldBack.GONE if isinstance(refusal, TicketIsGone) else HeldBack.REFUSED
    if against:
        _make_draft(outgoing, against)
        record(outgoing.ticket, Kind.REPLY_HELD_BACK, whom=outgoing.author_id, why=against)
    else:
        forget_files(outgoing.files.all())
        outgoing.delete()


def _what_is_against(outgoing, ticket):
    """Why it must not leave, as things are now; empty where nothing is."""
    Ticket.objects.select_for_update().values_list("pk").get(pk=ticket.pk)
    ticket.refresh_from_db()
    if ticket.is_deleted:
        return HeldBack.GONE
    access = TicketAccess(outgoing.author, ticket)
    if not access.can_reply:
        return HeldBack.NO_RIGHT
    if outgoing.then and not outgoing.macro_id and outgoing.then_id != ticket.status_id and not _may_move(access, outgoing.then):
        return HeldBack.NO_RIGHT
    said = ticket.messages.filter(created_at__gt=outgoing.created_at).exclude(author=outgoing.author, customer=None)
    if ticket.pk == outgoing.ticket_id and said.exists():
        return HeldBack.NEWS
    return ""


def _may_move(access, status):
    """Whether its sender may still move the ticket there. A status of another workflow is left out when it is said."""
    return status.workflow_id != access.ticket.department.workflow_id or access.decide_move(status)


def _say(outgoing, ticket, files):
    """The reply itself; with a macro, all that it does. Who wrote it for a colleague stands in the history."""
    words = {"html": outgoing.html} if outgoing.html else {"text": outgoing.text}
    then = outgoing.then if outgoing.then and outgoing.then.workflow_id == ticket.department.workflow_id else None
    try:
        if outgoing.macro:
            ticket = run_macro(ticket, outgoing.macro, by=outgoing.author, files=files, **words)
        else:
            ticket = reply_as_staff(ticket, files=files, by=outgoing.author, then=then, even_blocked=True, **words)
    finally:
        for checked in files:
            checked.content.close()
    if outgoing.writer_id:
        record(ticket, Kind.SENT_FOR_COLLEAGUE, by=outgoing.author, whom=outgoing.writer_id)


def _make_draft(outgoing, why):
    """Its words, files and choices as a draft of its sender, above what they have begun since; in a merged ticket where that goes on.

    The reply is gone then.
    """
    ticket = end_of(outgoing.ticket)
    draft = locked_draft(ticket, by=outgoing.author) or ReplyDraft(ticket=ticket, author=outgoing.author, version=0)
    put_above(draft, html=outgoing.html, text=outgoing.text)
    draft.then, draft.held_back, draft.edited_by = outgoing.then, why, outgoing.author
    draft.version, draft.updated_at = draft.version + 1, timezone.now()
    draft.save()
    outgoing.files.update(draft=draft, outgoing=None)
    outgoing.delete()
    return draft


def _wake(outgoing):
    """A worker for the moment it leaves. When the broker is away, the clock finds the row."""
    from tickets.tasks import send_reply as task

    try:
        task.apply_async(args=[outgoing.pk], eta=outgoing.leaves_at, retry=False)
    except Exception as error:  # noqa: BLE001  each broker has errors of its own
        log.warning("the broker does not answer (%s); the clock will send what waits", type(error).__name__)
