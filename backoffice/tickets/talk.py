"""The talk of one ticket: what was said and what happened, in time order, the latest part first."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.translation import pgettext

from backoffice.tickets.history import ICONS, Teller, fields_in, mentioned_in, names_in, other_ticket
from custom_fields.models import Field
from notifications.models import Delivery
from tickets.choices import Kind
from tickets.covering import cover_file, cover_message
from tickets.models import Ticket

PART = 40
# The message itself tells these; a note that was shown is told besides.
TOLD_BY_MESSAGE = {Kind.CUSTOMER_REPLIED, Kind.STAFF_REPLIED, Kind.NOTE_ADDED, Kind.MENTIONED}
# Told by the line of the action that they are part of.
TOLD_BY_ACTION = {Kind.ASSIGNED, Kind.PASSED_ON, Kind.CLOSED, Kind.REOPENED}
# These tell where the ticket went by “after”, the others by “status”.
MOVES = {Kind.STATUS_CHANGED, Kind.ACTION_DONE}


@dataclass
class Said:
    """A message as the page shows it."""

    message: object
    author: str
    face: str
    files: list
    is_mine: bool = False
    is_new: bool = False
    status_after: str = ""
    deliveries: list = field(default_factory=list)
    can_show: bool = False
    mentioned: list = field(default_factory=list)

    @property
    def moment(self):
        return self.message.created_at


@dataclass
class Happened:
    """A line of history as the page shows it."""

    event: object
    words: str
    icon: str
    deliveries: list
    is_new: bool = False
    leads_to: str = ""

    @property
    def moment(self):
        return self.event.created_at


@dataclass
class Talk:
    entries: list
    last_event: int
    earlier_than: int | None = None
    is_end: bool = True


def read_messages(ticket, before):
    """(messages in time order, whether there are earlier ones). `before`: the id of a message of this ticket, or None for the end."""
    messages = ticket.messages.for_thread()
    if not ticket.has_files:
        messages = messages.prefetch_related(None)
    if before:
        messages = messages.filter(Q(created_at__lt=before.created_at) | Q(created_at=before.created_at, pk__lt=before.pk))
    latest = list(messages.order_by("-created_at", "-pk")[: PART + 1])
    return latest[:PART][::-1], len(latest) > PART


def read_events(ticket, first: datetime | None, before):
    """Events between the first message shown and the place where this part ends."""
    events = ticket.events.select_related("actor").order_by("created_at", "pk")
    if first:
        events = events.filter(created_at__gte=first)
    if before:
        events = events.filter(created_at__lt=before.created_at)
    return list(events)


def read_talk(ticket, *, reader, access, customer, before=None, seen_event=None, loaded=(), fields=()):
    """The last PART messages (or those before a message) with everything that happened between them.

    `seen_event`: the last event the reader had seen; later ones are marked as new. `loaded`: people, departments and statuses
    whose names the page has already; `fields`: those of the ticket that it knows.
    """
    before = before and ticket.messages.filter(pk=before).first()
    messages, has_earlier = read_messages(ticket, before)
    for message in messages:
        cover_message(message, ticket.mask)
    events = read_events(ticket, messages[0].created_at if has_earlier else None, before)
    names = names_in(events, reader, loaded) | {Field: fields_in(events, reader, fields)}
    mentioned = mentioned_in(events, names)
    teller = Teller(reader=reader, customer=customer, names=names, mask=ticket.mask)
    changed = _changed_statuses(events)
    told = {event.message_id: event for event in events if event.message_id and event.kind != Kind.OPENED}
    delivered = Delivery.objects.by_event(ticket)
    told_of = {
        event.message_id: delivered.pop(event.pk)
        for event in events
        if event.message_id and event.pk in delivered and event.kind != Kind.ACTION_DONE
    }
    told_of |= _told_of_merged(delivered, events)
    parts = _parts_of_actions(events, delivered)

    said = [
        Said(
            message,
            author=customer if message.is_from_customer else _author(message, teller, told.get(message.pk)),
            face=customer if message.is_from_customer else str(message.author or ""),
            files=_files(message, ticket.mask) if ticket.has_files else [],
            is_mine=message.author_id == reader.pk and not message.is_from_customer,
            status_after=teller.status_after(told[message.pk]) if told.get(message.pk) in changed else "",
            deliveries=told_of.get(message.pk, []),
            can_show=access.can_show_note(message),
            mentioned=mentioned.get(message.pk, []),
        )
        for message in messages
    ]
    happened = [
        Happened(
            event,
            teller.tell(event),
            ICONS[event.kind],
            delivered.get(event.pk, []),
            leads_to=names[Ticket].get(other_ticket(event.details), ""),
        )
        for event in events
        if event.pk not in parts and (event.kind not in TOLD_BY_MESSAGE or event.details.get("was_note"))
    ]
    last_event = max((event.pk for event in events), default=0)
    if seen_event is not None:
        new_messages = {event.message_id for event in events if event.pk > seen_event}
        for entry in said:
            entry.is_new = entry.message.pk in new_messages
        for line in happened:
            line.is_new = line.event.pk > seen_event
    return Talk(
        _in_order(said, happened),
        last_event,
        earlier_than=messages[0].pk if has_earlier else None,
        is_end=before is None,
    )


def _author(message, teller, event):
    """Who wrote it. What an action wrote that was done by itself has no author."""
    if message.author is None and event is not None and event.actor_id is None and "action" in event.details:
        return pgettext("who did it", "By itself")
    return teller.person(message.author)


def _parts_of_actions(events, delivered):
    """Ids of the events that the line of an action tells. What was sent because of them stands with that line."""
    parts, line = set(), None
    for event in events:
        if event.kind == Kind.ACTION_DONE:
            line = event
        elif line is not None and event.kind in TOLD_BY_ACTION and event.details.get("action") == line.details.get("action"):
            parts.add(event.pk)
            if event.pk in delivered:
                delivered[line.pk] = [*delivered.get(line.pk, []), *delivered.pop(event.pk)]
    return parts


def _files(message, mask):
    beside = [file for file in message.attachments.all() if str(file.pk) not in message.body_html]  # pictures in the text stand there
    return [cover_file(file, mask, from_customer=message.is_from_customer) for file in beside]


def _told_of_merged(delivered, events):
    """{message id: [delivery, …]} of messages that came from other tickets, whose events stayed there. Without any merge: nothing."""
    here = {event.pk for event in events}
    elsewhere = [deliveries for pk, deliveries in delivered.items() if pk is not None and pk not in here]
    return {deliveries[0].event.message_id: deliveries for deliveries in elsewhere if deliveries[0].event.message_id}


def _changed_statuses(events):
    """Events after which the ticket stood in another status than before, as far as these events tell."""
    changed, status = [], None
    for event in events:
        now = event.details.get("after" if event.kind in MOVES else "status")
        if event.kind == Kind.PASSED_ON or now is None:
            continue
        if now != status:
            changed.append(event)
        status = now
    return changed


def _in_order(said, happened):
    """By time; what a message caused follows it, but “opened the ticket” stands before the first message."""
    written = {entry.message.pk: entry.moment for entry in said}

    def place(entry):
        if isinstance(entry, Said):
            return entry.moment, 1
        if entry.event.kind == Kind.OPENED:
            return written.get(entry.event.message_id, entry.moment), 0
        return entry.moment, 2

    return sorted([*said, *happened], key=place)
