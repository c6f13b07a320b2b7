"""Storing what was said, with its files, and keeping the ticket's row in step."""

from datetime import timedelta
from uuid import uuid4

from django.db.models import Prefetch
from django.utils import timezone

from common.html import html_to_text, sanitise_html, text_to_html
from common.storing import change, store
from common.text import clean_text, excerpt
from departments.switches import DEADLINES
from tickets.choices import Kind, MessageKind
from tickets.errors import NothingToSay
from tickets.history import record
from tickets.models import Attachment, Message
from tickets.search import writing as search


def write_message(ticket, *, kind, text="", html="", files=(), author=None, customer=None, source, opens=False):
    """Store a message and what lists show of it on the ticket (not saved: the calling service saves).

    Takes plain text, or HTML that is sanitised here. `files` are checked uploads (common.uploads). `opens`: it is the ticket's first, and
    the ticket is stored with it: its row is written once, in all its indexes. A search finds it from now on. Raises NothingToSay.
    """
    body_html = sanitise_html(html) if html else text_to_html(clean_text(text))
    body_text = html_to_text(body_html) if html else clean_text(text).strip()
    if not body_text.strip() and not files:
        raise NothingToSay()

    now = timezone.now()
    ticket.last_message_at = ticket.updated_at = now
    ticket.last_message_kind = kind
    ticket.last_words = excerpt(body_text, 160) or ", ".join(checked.name for checked in files)[:160]
    ticket.has_files = ticket.has_files or bool(files)
    if kind != MessageKind.NOTE:
        ticket.last_word_by_customer = kind == MessageKind.CUSTOMER
        ticket.last_public_words = ticket.last_words
        set_waiting(ticket, since=(ticket.waiting_since or now) if kind == MessageKind.CUSTOMER else None)
    if kind == MessageKind.CUSTOMER and not ticket.sleeps_through:
        end_sleep(ticket)
    if kind == MessageKind.REPLY and ticket.first_answered_at is None:
        ticket.first_answered_at = now
    if opens:
        store(ticket)

    message = Message(
        ticket=ticket, kind=kind, author=author, customer=customer, body_html=body_html, body_text=body_text, source=source, created_at=now
    )
    store(message)
    for checked in files:
        attach(message, checked)
    (search.begin if opens else search.append_message)(ticket, message, [checked.name for checked in files])
    return message


def rebuild_row(ticket):
    """Let the row say again what its messages say, after some came or went (not saved), and the search find what is there now.

    Without any message it keeps its times and says nothing.
    """
    search.write(ticket)
    ticket.last_words = ticket.last_public_words = ""
    ticket.has_files = Attachment.objects.said().filter(message__ticket=ticket).exists()
    for message in ticket.messages.order_by("created_at", "pk").prefetch_related(Prefetch("attachments", Attachment.objects.said())):
        names = ", ".join(attachment.name for attachment in message.attachments.all())
        ticket.last_message_at, ticket.last_message_kind = message.created_at, message.kind
        ticket.last_words = excerpt(message.body_text, 160) or names[:160]
        if message.kind != MessageKind.NOTE:
            ticket.last_public_words = ticket.last_words
            ticket.last_word_by_customer = message.kind == MessageKind.CUSTOMER


def _promised_hours(ticket):
    """Within how many hours the department promises an answer; None for no promise."""
    return ticket.department.answer_hours if ticket.department.uses(DEADLINES) else None


def set_waiting(ticket, *, since):
    """Since when the customer waits for our words (None: they do not), and by when the department promised them (not saved).

    Nothing is promised where the status stops the clock. A promise that runs already is kept, whenever it began anew.
    """
    hours = _promised_hours(ticket)
    promised = ticket.answer_due_at if since == ticket.waiting_since else None
    ticket.waiting_since = since
    if since and hours and ticket.status.clock_runs:
        ticket.answer_due_at = promised or since + timedelta(hours=hours)
    else:
        ticket.answer_due_at = None


def promise_anew(ticket, *, since):
    """What the department promises, counted from this moment, for as long as the customer waits (not saved)."""
    hours = _promised_hours(ticket)
    ticket.answer_due_at = since + timedelta(hours=hours) if ticket.waiting_since and hours and ticket.status.clock_runs else None


def enter(ticket, status):
    """Put the ticket into this status: since when, whether it is closed, and what the status does to the promised time (not saved).

    The one way into a status; entering the present one changes nothing. Where the clock stood still, the promise begins anew.
    """
    if status.pk == ticket.status_id:
        return
    stood_still = not ticket.status.clock_runs
    now = timezone.now()
    ticket.status, ticket.status_since = status, now
    ticket.closed_at = (ticket.closed_at or now) if status.is_closed else None
    if status.is_closed:
        end_sleep(ticket)
    if not status.clock_runs:
        ticket.answer_due_at = None
    elif stood_still:
        promise_anew(ticket, since=now)


def end_sleep(ticket):
    """Let a sleeping ticket be awake (not saved)."""
    ticket.snoozed_until, ticket.sleeps_through = None, False


def tell_waking(ticket, slept_until, *, by=None, by_customer=False):
    """The line that a ticket is awake which was asleep before (`slept_until`), if it is. One that was closed is told as closed."""
    if slept_until and not ticket.is_snoozed and not ticket.is_closed:
        record(ticket, Kind.WOKEN, by=by, by_customer=by_customer)


def attach(message, checked):
    """Keep a checked upload on a message."""
    attachment = Attachment(
        pk=checked.id or uuid4(),
        message=message,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        width=checked.width,
        height=checked.height,
    )
    attachment.file.save(checked.name, checked.content, save=False)
    if checked.thumbnail:
        attachment.thumbnail.save(checked.name, checked.thumbnail, save=False)
    attachment.save()
    return attachment


def touch(ticket, *fields):
    """Save these fields and raise the version that tells two writers apart."""
    ticket.updated_at = timezone.now()
    ticket.version += 1
    change(ticket, *fields, "updated_at", "version")


WAITING_FIELDS = ("waiting_since", "answer_due_at")
SLEEP_FIELDS = ("snoozed_until", "sleeps_through")
STATUS_FIELDS = ("status", "status_since", "closed_at", *WAITING_FIELDS, *SLEEP_FIELDS)
MESSAGE_FIELDS = (
    *WAITING_FIELDS,
    "last_message_at",
    "last_message_kind",
    "last_words",
    "last_public_words",
    "last_word_by_customer",
    "has_files",
    "first_answered_at",
)
