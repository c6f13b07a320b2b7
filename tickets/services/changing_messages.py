"""Changing what was said: staff's words edited, parts of any message blacked out, files taken out.

What stood there before is kept apart for those with the right to originals. All that repeats the words follows in the same
transaction: the row of the ticket, what a search finds. Mails that have not left are written from the message when they leave.
"""

import re

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from common.html import html_to_text, text_to_html
from common.text import clean_text
from tickets.access import TicketAccess
from tickets.blackout import MOST_PHRASES, SHORTEST, Blackout
from tickets.choices import Kind, LinkKind
from tickets.errors import NothingToRedact, NothingToSay, OwnWordsOfCustomer, WordsNotThere
from tickets.history import record
from tickets.models import Attachment, Message, MessageOriginal, Ticket, TicketLink
from tickets.models.original import Change
from tickets.services.lifecycle import locked
from tickets.services.writing import MESSAGE_FIELDS, rebuild_row, touch


@transaction.atomic
def edit_message(message, *, text, by):
    """Let a message of staff say this. The same words change nothing. Raises OwnWordsOfCustomer or NothingToSay."""
    ticket, message = _locked(message)
    if message.is_from_customer:
        raise OwnWordsOfCustomer()
    text = clean_text(text)
    if not text.strip() and not message.attachments.there().exists():
        raise NothingToSay()
    html = text_to_html(text)
    if html == message.body_html:
        return message
    _change(message, Change.EDITED, html=html, text=text.strip(), by=by)
    _follow(ticket)
    record(ticket, Kind.MESSAGE_EDITED, by=by, said=message.pk)
    return message


@transaction.atomic
def redact_message(message, *, phrases, by, everywhere=False):
    """Black these phrases out, wherever they stand in the message; `everywhere`: in every message of its ticket, and of those that
    were split from it or that it was split from, as far as the doer may edit there too; quotes among them.

    Raises NothingToRedact, or WordsNotThere for a phrase that does not stand there, and then changes nothing.
    """
    family = _lock_what_was_one(message) if everywhere else []
    ticket, message = _locked(message)
    phrases = [phrase for phrase in (clean_text(phrase).strip() for phrase in phrases[:MOST_PHRASES]) if len(phrase) >= SHORTEST]
    if not phrases:
        raise NothingToRedact()
    for phrase in phrases:
        if not Blackout([phrase]).finds(message.body_html):
            raise WordsNotThere(phrase)
    blackout = Blackout(phrases)
    others = Ticket.objects.filter(pk__in=family, deleted_at=None, merged_into=None).exclude(pk=ticket.pk)
    tickets = {ticket.pk: ticket} | {other.pk: locked(other) for other in others if TicketAccess(by, other).can_edit}
    messages = Message.objects.filter(ticket__in=tickets).exclude(pk=message.pk).select_for_update(of=("self",)).order_by("pk")
    changed = {ticket.pk}
    for one in [message, *(messages if everywhere else ())]:
        html = blackout.html(one.body_html)
        if html != one.body_html:
            one.redacted_at = timezone.now()
            _change(one, Change.REDACTED, html=html, text=html_to_text(html), by=by)
            changed.add(one.ticket_id)
            record(tickets[one.ticket_id], Kind.MESSAGE_REDACTED, by=by, said=one.pk)
    for pk in sorted(changed):
        _follow(tickets[pk])
    return message


def _lock_what_was_one(message):
    """The ids of its ticket and of all that were one with it before they were split; locked in their order, before anything else is."""
    ticket = Message.objects.values_list("ticket", flat=True).get(pk=message.pk)
    found, edge = {ticket}, {ticket}
    while edge:
        links = TicketLink.objects.filter(kind=LinkKind.SPLIT).filter(Q(source__in=edge) | Q(target__in=edge))
        edge = {pk for pair in links.values_list("source", "target") for pk in pair} - found
        found |= edge
    return list(Ticket.objects.select_for_update().filter(pk__in=found).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def remove_file(attachment, *, by):
    """Take a file out of its message. Its bytes stay for those with the right to originals. Twice is as good as once."""
    ticket, message = _locked(attachment.message)
    if not Attachment.objects.there().filter(pk=attachment.pk).update(removed_at=timezone.now()):
        return attachment
    html = _without_picture(message.body_html, attachment.pk)
    message.redacted_at = timezone.now()
    _change(message, Change.REDACTED, html=html, text=message.body_text, by=by)
    _follow(ticket)
    record(ticket, Kind.FILE_REMOVED, by=by, said=message.pk)
    return attachment


def _locked(message):
    """(the ticket the message stands in by now, the message as it is), both locked: it may have been merged meanwhile."""
    ticket = locked(Message.objects.select_related("ticket").get(pk=message.pk).ticket)
    return ticket, ticket.messages.select_for_update(of=("self",)).get(pk=message.pk)


def _change(message, change, *, html, text, by):
    if html != message.body_html:
        before = {"body_html": message.body_html, "body_text": message.body_text}
        MessageOriginal.objects.create(message=message, change=change, changed_by=by, **before)
    message.body_html, message.body_text = html, text
    message.changed_at, message.changed_by = timezone.now(), by
    message.save(update_fields=["body_html", "body_text", "changed_at", "changed_by", "redacted_at"])


def _follow(ticket):
    rebuild_row(ticket)
    touch(ticket, *MESSAGE_FIELDS)


def _without_picture(html, pk):
    return re.sub(rf'<img[^<>]*src="/files/{pk}/[^<>]*>', "", html)
