"""What tickets know of a customer whose data are erased: words, files, filled-in fields, held requests. Numbers and days stay."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from common.covered import MARK
from custom_fields.models import CustomerValue, FieldKind
from tickets.choices import MessageKind
from tickets.models import (
    Attachment,
    ChecklistItem,
    DraftFile,
    FieldValue,
    HeldRequest,
    Message,
    MessageOriginal,
    OutgoingReply,
    ReplyDraft,
    SavedView,
    Tag,
    Tagging,
    Ticket,
    TicketCopy,
    TicketEvent,
    WorkRecord,
)  # fmt: skip
from tickets.models.saved_view import NAME_LIMIT
from tickets.search.writing import BATCH, write_all
from tickets.services.drafts import forget_files
from tickets.services.holding import forget_held

#: Fields in which people write as they like.
TYPED = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK, FieldKind.SECRET, FieldKind.FILE)


def erase(eraser):
    tickets = Ticket.objects.filter(customer__in=eraser.pks)
    list(tickets.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    messages = Message.objects.filter(Q(ticket__in=tickets.values("pk")) | Q(customer__in=eraser.pks))
    elsewhere = list(messages.exclude(ticket__in=tickets.values("pk")).values_list("ticket", flat=True).distinct())
    _files(eraser, messages)
    _messages(eraser, messages)
    _fields(eraser, tickets)
    _rows(eraser, tickets)
    _tags(eraser, tickets)
    _events(eraser, TicketEvent.objects.filter(ticket__in=tickets.values("pk")))
    _beside(eraser, tickets)
    _originals(eraser, messages)
    _views(eraser)
    _held(eraser)
    pks = [*tickets.order_by("pk").values_list("pk", flat=True), *elsewhere]
    for start in range(0, len(pks), BATCH):
        write_all(pks[start : start + BATCH])
    eraser.counts["tickets"] += tickets.count()


def _messages(eraser, messages):
    for message in messages.only("body_html", "body_text").iterator(chunk_size=200):
        Message.objects.filter(pk=message.pk).update(body_html=eraser.html(message.body_html), body_text=eraser.text(message.body_text))
        eraser.counts["messages"] += 1


def _files(eraser, messages):
    """All files, or the customer's own and those of fields; of ours the name is covered where it tells."""
    files = Attachment.objects.filter(message__in=messages.values("pk"))
    gone = files if eraser.with_texts else files.filter(Q(message__kind=MessageKind.CUSTOMER) | Q(field_values__isnull=False)).distinct()
    for attachment in list(gone):
        stored = [(file.storage, file.name) for file in (attachment.file, attachment.thumbnail) if file]
        attachment.delete()
        transaction.on_commit(lambda stored=stored: [storage.delete(name) for storage, name in stored])
        eraser.counts["files"] += 1
    for attachment in files:
        if eraser.mask.text(attachment.name) != attachment.name:
            Attachment.objects.filter(pk=attachment.pk).update(name=eraser.mask.text(attachment.name)[:255])


def _fields(eraser, tickets):
    values = FieldValue.objects.filter(ticket__in=tickets.values("pk"))
    values = values if eraser.with_texts else values.filter(field__kind__in=TYPED)
    known = CustomerValue.objects.filter(customer__in=eraser.pks)
    eraser.counts["fields"] += values.count() + known.count()
    values.delete()
    known.delete()


def _rows(eraser, tickets):
    """The tickets' own rows, which repeat what lists show."""
    for ticket in tickets.only("subject", "last_words", "last_public_words").iterator(chunk_size=200):
        kept = FieldValue.objects.filter(ticket=ticket).values_list("field", flat=True)
        words = {name: eraser.text(getattr(ticket, name))[:160] for name in ("subject", "last_words", "last_public_words")}
        fields = {
            str(pk): value
            for pk, value in Ticket.objects.values_list("fields", flat=True).get(pk=ticket.pk).items()
            if int(pk) in set(kept)
        }
        has_files = Attachment.objects.filter(message__ticket=ticket).exists()
        Ticket.objects.filter(pk=ticket.pk).update(fields=fields, has_files=has_files, version=F("version") + 1, **words)


def _tags(eraser, tickets):
    """A tag can be somebody's name."""
    for tag in Tag.objects.filter(pk__in=Tagging.objects.filter(ticket__in=tickets.values("pk")).values("tag")):
        if eraser.mask.text(tag.name) != tag.name:
            Tagging.objects.filter(tag=tag, ticket__in=tickets.values("pk")).delete()
            if not Tagging.objects.filter(tag=tag).exists():
                tag.delete()


def _events(eraser, events):
    """Lines of history stay; what stood in a field, and any word that tells, goes out of them."""
    for event in events.exclude(details={}).only("details").iterator(chunk_size=200):
        details = eraser.plain(event.details)
        if "fields" in details and isinstance(details["fields"], dict):
            details["fields"] = {pk: {"before": None, "after": None} for pk in details["fields"]}
        if details != event.details:
            TicketEvent.objects.filter(pk=event.pk).update(details=details)


def _beside(eraser, tickets):
    """What stands beside tickets. What was begun and not said goes, with its files; so do the names of who reads along."""
    pks = tickets.values("pk")
    waiting = DraftFile.objects.of_tickets(pks)
    eraser.counts["files"] += waiting.count()
    forget_files(waiting)
    for rows in (ReplyDraft.objects.filter(ticket__in=pks), OutgoingReply.objects.filter(ticket__in=pks)):
        eraser.counts["others"] += rows.count()
        rows.delete()
    copies = TicketCopy.objects.filter(Q(ticket__in=pks) | Q(email__in=eraser.addresses))
    eraser.counts["others"] += copies.count()
    copies.filter(ended_at=None).update(ended_at=timezone.now())
    copies.update(name=MARK, email="")
    for rows, name in ((ChecklistItem.objects.filter(ticket__in=pks), "name"), (WorkRecord.objects.filter(ticket__in=pks), "note")):
        for row in rows.only(name).iterator(chunk_size=200):
            new = eraser.text(getattr(row, name))[: row._meta.get_field(name).max_length]
            if new != getattr(row, name):
                rows.model.objects.filter(pk=row.pk).update(**{name: new})
                eraser.counts["others"] += 1


def _originals(eraser, messages):
    """What messages said before they were changed."""
    originals = MessageOriginal.objects.filter(message__in=messages.values("pk"))
    if eraser.with_texts:
        eraser.counts["others"] += originals.delete()[0]
    for one in originals.only("body_html", "body_text").iterator(chunk_size=200):
        MessageOriginal.objects.filter(pk=one.pk).update(body_html=eraser.html(one.body_html), body_text=eraser.text(one.body_text))


def _views(eraser):
    """Lists that somebody named, or narrowed, after the person; whoever's they are."""
    for view in SavedView.objects.only("name", "query").iterator(chunk_size=500):
        name, query = eraser.mask.text(view.name)[:NAME_LIMIT], eraser.plain(view.query)
        if (name, query) != (view.name, view.query):
            SavedView.objects.filter(pk=view.pk).update(name=name, query=query)
            eraser.counts["others"] += 1


def _held(eraser):
    theirs = Q(customer__in=eraser.pks) | Q(email__in=eraser.addresses) | Q(phone__in=eraser.addresses)
    for held in HeldRequest.objects.filter(theirs):
        forget_held(held)
        eraser.counts["held"] += 1
