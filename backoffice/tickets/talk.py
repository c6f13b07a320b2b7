"""The talk of one ticket: what was said and what happened, in time order, the latest part first."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from backoffice.tickets.history import ICONS, Teller
from backoffice.tickets.history_names import fields_in, mentioned_in, names_in, other_ticket
from backoffice.tickets.not_arrived import not_arrived
from backoffice.tickets.survey import helped_of
from common.moments import format_moment
from common.prepared import Prepared
from common.quotes import fold_quotes
from common.templatetags.formats import isolate
from custom_fields.models import Field
from customers.names import customer_words
from notifications.models import Delivery
from tickets.choices import Kind, MessageKind
from tickets.covering import cover_file, cover_message
from tickets.models import Attachment, Message, Ticket, TicketEvent

PART = 40
#: Lines of history where it is shown by itself.
LINES = 200
#: How many messages stand after the one that a link leads to.
AFTER_TARGET = 10
#: A message that is longer is folded to its beginning.
LONG_SIGNS, LONG_LINES = 3_000, 40
ALL, MESSAGES, NOTES, FILES, HISTORY = "all", "messages", "notes", "files", "history"
SHOWS = {
    ALL: pgettext_lazy("of a conversation", "All"),
    MESSAGES: gettext_lazy("Messages"),
    NOTES: gettext_lazy("Notes"),
    FILES: gettext_lazy("Files"),
    HISTORY: gettext_lazy("History"),
}
# The message itself tells these; a note that was shown is told besides.
TOLD_BY_MESSAGE = {Kind.CUSTOMER_REPLIED, Kind.STAFF_REPLIED, Kind.NOTE_ADDED, Kind.MENTIONED}
# Told by the line of the action that they are part of.
TOLD_BY_ACTION = {Kind.ASSIGNED, Kind.PASSED_ON, Kind.CLOSED, Kind.REOPENED}
# These tell where the ticket went by “after”, the others by “status”.
MOVES = {Kind.STATUS_CHANGED, Kind.ACTION_DONE}


@dataclass
class Said:
    """A message as the page shows it. `url`: the address of its ticket."""

    message: object
    url: str
    author: str
    face: str
    files: list
    is_mine: bool = False
    is_new: bool = False
    status_after: str = ""
    deliveries: list = field(default_factory=list)
    can_show: bool = False
    can_change: bool = False
    has_originals: bool = False
    mentioned: list = field(default_factory=list)
    changed: str = ""
    helped: tuple = ()

    @property
    def moment(self):
        return self.message.created_at

    @property
    def html(self):
        """What was said, with what it repeats of older messages folded."""
        return fold_quotes(self.message.body_html)

    @property
    def is_long(self):
        text = self.message.body_text
        return len(text) > LONG_SIGNS or text.count("\n") > LONG_LINES


@dataclass
class Happened:
    """A line of history as the page shows it."""

    event: object
    words: str
    icon: str
    deliveries: list
    is_new: bool = False
    leads_to: str = ""
    said: int | None = None

    @property
    def moment(self):
        return self.event.created_at


@dataclass
class Talk:
    entries: list
    last_event: int
    earlier_than: int | None = None
    later_than: int | None = None
    is_end: bool = True
    show: str = ALL
    place: dict = field(default_factory=dict)
    url: str = ""
    not_arrived: list = field(default_factory=list)

    @property
    def earlier_url(self):
        return self._url(before=self.earlier_than)

    @property
    def later_url(self):
        return self._url(after=self.later_than)

    @property
    def filters(self):
        """(address, words, whether it is the present one) of what else of the talk can be looked at, from the same place."""
        return [(f"{self.url}?{urlencode(self.place | {'show': show})}", words, show == self.show) for show, words in SHOWS.items()]

    @property
    def is_whole(self):
        """Whether the end of all that was said is here, so that it counts as read."""
        return self.is_end and self.show in {ALL, MESSAGES}

    def _url(self, **place):
        return f"{self.url}?{urlencode(place if self.show == ALL else {'show': self.show} | place)}"


@dataclass
class Part:
    """Some messages in time order, and between which moments what happened belongs to them (None: no bound)."""

    messages: list
    since: datetime | None = None
    until: datetime | None = None
    has_earlier: bool = False
    has_later: bool = False


def read_part(ticket, show, *, before=None, after=None):
    """The last PART messages; those before a message; or those after one."""
    messages = _narrowed(_messages(ticket.pk), show)
    if after:
        later = Q(created_at__gt=after.created_at) | Q(created_at=after.created_at, pk__gt=after.pk)
        found = list(messages.filter(later).order_by("created_at", "pk")[: PART + 1])
        part = Part(
            found[:PART], has_earlier=True, has_later=len(found) > PART, until=found[PART].created_at if len(found) > PART else None
        )
    else:
        if before:
            messages = messages.filter(Q(created_at__lt=before.created_at) | Q(created_at=before.created_at, pk__lt=before.pk))
        is_usual = show == ALL and not before
        found = _last_messages(ticket=ticket.pk) if is_usual else list(messages.order_by("-created_at", "-pk")[: PART + 1])
        part = Part(found[:PART][::-1], has_earlier=len(found) > PART, has_later=bool(before), until=before and before.created_at)
    part.since = part.messages[0].created_at if part.has_earlier and part.messages else after and after.created_at
    has_files = ticket.has_files or any(message.redacted_at for message in part.messages)  # the last file may have been taken out
    files = _files_of([message.pk for message in part.messages]) if has_files else {}
    for message in part.messages:
        message.said_files = files.get(message.pk, [])
    return part


def _messages(ticket):
    """The messages of a ticket with the names of who wrote and who changed them."""
    names = [f"{person}__{name}" for person in ("author", "changed_by") for name in ("name", "email", "phone")]
    messages = Message.objects.filter(ticket=ticket).select_related("author", "customer", "changed_by")
    return messages.only(*_OF_MESSAGE, *names, *(f"customer__{name}" for name in _OF_CUSTOMER))


_OF_MESSAGE = ("ticket", "kind", "body_html", "body_text", "source", "created_at", "changed_at", "redacted_at")
#: What names and covers another member of the customer's organisation.
_OF_CUSTOMER = ("user", "name", "email", "phone", "company", "language", "created_at", "blocked_at", "blocked_until", "has_warning")
#: So many messages are asked for their files at once: one question of fixed length.
_MOST = PART


@Prepared
def _last_messages(ticket):
    return _messages(ticket).order_by("-created_at", "-pk")[: PART + 1]


def _files_of(messages):
    """{message id: its files in the talk}, with those that were taken out, whose place the desk shows."""
    found = {}
    for start in range(0, len(messages), _MOST):
        some = messages[start : start + _MOST]
        for file in _said_files(**{f"message{place}": some[min(place, len(some) - 1)] for place in range(_MOST)}):
            found.setdefault(file.message_id, []).append(file)
    return found


@Prepared
def _said_files(**messages):
    return Attachment.objects.said(even_removed=True).filter(message__in=list(messages.values()))


def _narrowed(messages, show):
    if show == MESSAGES:
        return messages.exclude(kind=MessageKind.NOTE)
    if show == NOTES:
        return messages.filter(kind=MessageKind.NOTE)
    if show == FILES:
        return messages.filter(Exists(Attachment.objects.said(even_removed=True).filter(message=OuterRef("pk"))))
    return messages


def read_events(ticket, part):
    """Events between the first message of a part and the place where it ends."""
    if not part.until:
        return _events_since(ticket=ticket.pk, since=part.since) if part.since else _events(ticket=ticket.pk)
    events = _with_actors(ticket.pk).filter(created_at__lt=part.until)
    return list(events.filter(created_at__gte=part.since) if part.since else events)


def _with_actors(ticket):
    events = TicketEvent.objects.filter(ticket=ticket).select_related("actor").order_by("created_at", "pk")
    return events.only("ticket", "kind", "by_customer", "message", "details", "created_at", "actor__name", "actor__email", "actor__phone")


@Prepared
def _events(ticket):
    return _with_actors(ticket)


@Prepared
def _events_since(ticket, since):
    return _with_actors(ticket).filter(created_at__gte=since)


@Prepared
def _deliveries(ticket):
    return Delivery.objects.of_talk(ticket)


def read_lines(ticket, before=None):
    """(the last LINES events, or those before one; whether there are earlier ones)."""
    events = ticket.events.select_related("actor")
    if before:
        events = events.filter(Q(created_at__lt=before.created_at) | Q(created_at=before.created_at, pk__lt=before.pk))
    found = list(events.order_by("-created_at", "-pk")[: LINES + 1])
    return found[:LINES][::-1], len(found) > LINES


def place_of(ticket, at):
    """The message before which a part ends that holds this place (m12, e34); None: the end holds it, or there is no such place."""
    kind, pk = at[:1], at[1:]
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    rows = {"m": ticket.messages, "e": ticket.events}.get(kind)
    moment = rows and rows.filter(pk=pk).values_list("created_at", flat=True).first()
    if not moment:
        return None
    return ticket.messages.filter(created_at__gt=moment).order_by("created_at", "pk")[AFTER_TARGET : AFTER_TARGET + 1].first()


def read_talk(ticket, *, reader, sight, access, customer, before=None, after=None, at="", show=ALL, seen_event=None, loaded=(), fields=()):
    """The last PART messages (or those before or after a message, or round a place) with everything that happened between them.

    `show`: one of SHOWS. `seen_event`: the last event the reader had seen; later ones are marked as new. `loaded`: people,
    departments and statuses whose names the page has already; `fields`: those of the ticket that it knows.
    """
    place = {name: value for name, value in (("before", before), ("after", after), ("at", at)) if value}
    if show == HISTORY:
        events, has_earlier = read_lines(ticket, before and ticket.events.filter(pk=before).first())
        part = Part([], has_earlier=has_earlier, has_later=bool(before))
        place = {}
    else:
        after = after and ticket.messages.filter(pk=after).first()
        before = place_of(ticket, at) if at else before and ticket.messages.filter(pk=before).first()
        part = read_part(ticket, show, before=before, after=after)
        events = read_events(ticket, part)
    messages, url = part.messages, reverse("backoffice:ticket", args=[ticket.number])
    for message in messages:
        cover_message(message, ticket.mask)
    names = names_in(events, sight, loaded) | {Field: fields_in(events, reader, fields)}
    mentioned = mentioned_in(events, names)
    teller = Teller(reader=reader, customer=customer, names=names, mask=ticket.mask)
    changed = _changed_statuses(events)
    told = {event.message_id: event for event in events if event.message_id and event.kind != Kind.OPENED}
    delivered, deliveries = {}, list(_deliveries(ticket=ticket.pk))
    for delivery in deliveries:
        delivered.setdefault(delivery.event_id, []).append(delivery)
    told_of = {
        event.message_id: delivered.pop(event.pk)
        for event in events
        if event.message_id and event.pk in delivered and event.kind != Kind.ACTION_DONE
    }
    told_of |= _told_of_merged(delivered, events)
    parts = _parts_of_actions(events, delivered)

    helped = helped_of(ticket)
    said = [
        Said(
            message,
            url=url,
            author=_customer_who(message, ticket, customer) if message.is_from_customer else _author(message, teller, told.get(message.pk)),
            face=_customer_who(message, ticket, customer) if message.is_from_customer else str(message.author or ""),
            files=_files(message, ticket.mask),
            is_mine=message.author_id == reader.pk and not message.is_from_customer,
            status_after=teller.status_after(told[message.pk]) if told.get(message.pk) in changed else "",
            deliveries=told_of.get(message.pk, []),
            can_show=access.can_show_note(message),
            can_change=not ticket.mask.covers and bool(access.can_edit),
            has_originals=bool(message.changed_at or message.redacted_at) and bool(access.can_see_originals),
            changed=_changed(message, teller),
            mentioned=mentioned.get(message.pk, []),
            helped=helped.get(message.pk, ()),
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
            said=event.details.get("said") or (event.message_id if show == HISTORY else None),
        )
        for event in events
        if event.pk not in parts
        and (show == HISTORY or show == ALL and (event.kind not in TOLD_BY_MESSAGE or event.details.get("was_note")))
    ]
    last_event = max((event.pk for event in events), default=0)
    if seen_event is not None:
        new_messages = {event.message_id for event in events if event.pk > seen_event}
        for entry in said:
            entry.is_new = entry.message.pk in new_messages
        for line in happened:
            line.is_new = line.event.pk > seen_event
    ends = messages or events
    return Talk(
        _in_order(said, happened),
        last_event,
        earlier_than=ends[0].pk if part.has_earlier and ends else None,
        later_than=messages[-1].pk if part.has_later and messages else None,
        is_end=not part.has_later,
        show=show,
        place=place,
        url=url,
        not_arrived=not_arrived(deliveries),
    )


def _customer_who(message, ticket, customer):
    """The customer, or the other member of their organisation who wrote it; to whom customers are closed, a neutral word."""
    if message.customer_id in {None, ticket.customer_id}:
        return customer
    return customer_words(message.customer, not ticket.mask.covers)


def _changed(message, teller):
    """Who changed the message, and when; nothing where it stands as it was said."""
    if not message.changed_at:
        return ""
    facts = {"name": teller.person(message.changed_by), "moment": isolate(format_moment(message.changed_at, "moment"))}
    if message.redacted_at:
        return _("parts blacked out by %(name)s, %(moment)s") % facts
    return _("edited by %(name)s, %(moment)s") % facts


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
    beside = [file for file in message.said_files if str(file.pk) not in message.body_html]  # pictures in the text stand there
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
