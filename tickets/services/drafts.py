"""What is being written: kept on the server at each pause, shared with colleagues where its writer wishes, forgotten once it is said."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from common.html import html_to_text, sanitise_html, text_to_html
from common.text import clean_text
from tickets.errors import DraftChangedMeanwhile, DraftIsGone, TooMuchIsWaiting
from tickets.models import DraftFile, ReplyDraft
from tickets.models.draft import Mode

#: What nobody has touched for so long is forgotten, with its files.
KEPT_FOR = timedelta(days=90)
#: So much of one person may wait to be said, in all their drafts and replies about to leave.
MOST_FILES, MOST_BYTES = 200, 1_000_000_000


@transaction.atomic
def keep_draft(ticket, *, by, draft=None, mode=Mode.REPLY, text="", html="", mention=(), then=None, seen_version=None, empties=True):
    """Keep what this person has written in this ticket. Returns the draft; None where nothing is left of it.

    `draft`: one that a colleague shared, which is then changed for both; else one's own, begun where there is none. `seen_version` is
    the version the writer had before their eyes: raises DraftChangedMeanwhile when somebody kept another one since, DraftIsGone when
    it was sent or dropped. An empty one without files is forgotten, unless `empties` is False.
    """
    found = locked_draft(ticket, by=by, draft=draft)
    if found is None and (seen_version or draft is not None):
        raise DraftIsGone()
    if found is not None and seen_version is not None and found.version != seen_version:
        raise DraftChangedMeanwhile(found, reader=by)
    if found is None:
        found = ReplyDraft(ticket=ticket, author=by, version=0)
    found.mode, found.then, found.mention = mode, then, sorted(person.pk for person in mention)
    found.html, found.text = clean_words(text, html)
    if empties and found.pk and found.is_empty or not found.pk and empties and not found.text.strip() and not found.html:
        forget_draft(found)
        return None
    found.edited_by, found.held_back, found.updated_at, found.version = by, "", timezone.now(), found.version + 1
    found.save()
    return found


def locked_draft(ticket, *, by, draft=None):
    """The row everybody else waits for: this person's own draft in the ticket, or the shared one in question. None where it is gone."""
    rows = ReplyDraft.objects.select_for_update(of=("self",)).filter(ticket=ticket.pk)
    return (rows.filter(author=by) if draft is None else rows.filter(pk=draft.pk)).first()


def clean_words(text, html):
    """(HTML as it may stand in our pages, the same as text). HTML without any words or pictures is none."""
    html = sanitise_html(html) if html else ""
    plain = html_to_text(html) if html else clean_text(text)
    return ("" if html and not plain.strip() and "<img" not in html else str(html)), plain


def put_above(draft, *, html, text, mode=Mode.REPLY):
    """These words stand above what the draft says already (not saved). With the words of a note among them it is a note, so that nothing
    meant for staff stands ready to be sent."""
    says = draft.text.strip() or draft.html or draft.pk and draft.files.exists()
    draft.mode = Mode.NOTE if Mode.NOTE in ([mode, draft.mode] if says else [mode]) else Mode.REPLY
    if draft.html or html:
        parts = [part for part in (html or text_to_html(text), draft.html or text_to_html(draft.text)) if part]
        draft.html, draft.text = clean_words("", "".join(parts))
    else:
        draft.text = "\n\n".join(words for words in (text, draft.text) if words.strip())


def follow_merge(event):
    """Drafts of a ticket that was merged go on where it goes on; whoever has one there already has both in one."""
    into = event.details.get("into")
    for draft in ReplyDraft.objects.filter(ticket=event.ticket_id).select_for_update(of=("self",)) if into else ():
        there = ReplyDraft.objects.select_for_update(of=("self",)).filter(ticket=into, author=draft.author_id).first()
        if there is None:
            ReplyDraft.objects.filter(pk=draft.pk).update(ticket=into)
            continue
        put_above(there, html=draft.html, text=draft.text, mode=draft.mode)
        there.is_shared = there.is_shared and draft.is_shared  # nobody is shown what its writer kept to themselves
        there.version, there.updated_at = there.version + 1, timezone.now()
        there.save()
        draft.files.update(draft=there)
        draft.delete()


@transaction.atomic
def share_draft(draft, *, shared, by):
    """Let colleagues who may answer there look at it and send it, or end that. It is its writer's alone to say."""
    draft = locked_draft(draft.ticket, by=by)
    if draft is None:
        raise DraftIsGone()
    draft.is_shared = shared
    draft.save(update_fields=["is_shared"])
    return draft


@transaction.atomic
def drop_draft(draft):
    """Forget it, with its files. Dropping what is gone does nothing."""
    found = ReplyDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if found is not None:
        forget_draft(found)


def forget_draft(draft):
    """Remove the row now, and its files when the transaction is through."""
    if draft.pk is None:
        return
    forget_files(draft.files.all())
    draft.delete()


def forget_old_drafts(*, limit=500):
    """Forget what nobody has touched for KEPT_FOR. Returns how many."""
    old = list(ReplyDraft.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR).order_by("pk").values_list("pk", flat=True)[:limit])
    for pk in old:
        with transaction.atomic():
            still_old = ReplyDraft.objects.select_for_update(of=("self",)).filter(pk=pk, updated_at__lt=timezone.now() - KEPT_FOR)
            for draft in still_old:
                forget_draft(draft)
    return len(old)


# --- Files --------------------------------------------------------------------------------------------
def keep_file(checked, *, draft=None, outgoing=None):
    """Keep a checked upload (common.uploads) with a draft, or with a reply about to leave."""
    return DraftFile.keep(checked, draft=draft, outgoing=outgoing)


def guard_room(coming, *, of):
    """Raises TooMuchIsWaiting where these checked files of this person would be more than may wait to be said."""
    theirs = DraftFile.objects.filter(Q(draft__author=of) | Q(outgoing__author=of))
    there = theirs.aggregate(files=Count("pk"), size=Sum("size"))
    if there["files"] + len(coming) > MOST_FILES or (there["size"] or 0) + sum(checked.size for checked in coming) > MOST_BYTES:
        raise TooMuchIsWaiting()


def forget_files(rows):
    """Remove these rows now, and what lies on the disk when the transaction is through."""
    rows = list(rows)
    places = stored_places(rows)
    DraftFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in places])


def stored_places(rows):
    return [(file.storage, file.name) for row in rows for file in (row.file, row.thumbnail) if file]
