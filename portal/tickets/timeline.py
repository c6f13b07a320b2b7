"""The conversation as the customer sees it: what was said, and thin lines of what happened. Notes and staff matters never."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from common.numbers import local_digits
from common.quotes import fold_quotes
from common.templatetags.formats import isolate
from custom_fields.models import Field
from departments.models import Department
from portal.surveys.standing import HelpedAnswer, helped_of
from portal.words import score_words
from statuses.models import Action
from tickets.choices import Kind
from tickets.field_values import change_words
from tickets.models import Message

# How many messages a page shows; the rest is one link away.
PAGE = 40
TOLD = (Kind.OPENED, Kind.PASSED_ON, Kind.CLOSED, Kind.REOPENED, Kind.RATED, Kind.FIELDS_CHANGED, Kind.SPLIT, Kind.FOLLOWED)


@dataclass
class Entry:
    """One thing in the thread: a message (with author and files), or a line of history."""

    at: datetime
    words: str = ""
    message: Message | None = None
    author: str = ""
    files: list = field(default_factory=list)
    is_latest: bool = False
    is_mine: bool = False
    helped: HelpedAnswer | None = None

    @property
    def html(self):
        """What was said, with what it repeats of older messages folded."""
        return fold_quotes(self.message.body_html)


@dataclass
class Timeline:
    entries: list
    earlier: int | None = None  # the message before which older ones stand


def timeline_of(door, *, before=None):
    """The last PAGE messages, or the PAGE before the message with this number, with the history between them."""
    ticket = door.ticket
    messages = ticket.messages.shown_to_customer().for_thread()
    done = Q(kind=Kind.ACTION_DONE, by_customer=True)
    events = ticket.events.filter(Q(kind__in=TOLD) | done).order_by("created_at", "pk")
    last = ticket.messages.shown_to_customer().filter(pk=before).first() if before else None
    if last:
        messages = messages.filter(created_at__lte=last.created_at, pk__lt=last.pk)
        events = events.filter(created_at__lt=last.created_at)
    newest = list(messages.reverse()[: PAGE + 1])
    shown = newest[:PAGE][::-1]
    has_earlier = len(newest) > PAGE
    if has_earlier:
        events = events.filter(created_at__gte=shown[0].created_at)
    happened = _happened_to(door, list(events))
    said = [_said(door, message) for message in shown]
    helped = {} if door.colleague else helped_of(ticket, shown)
    for entry in said:
        entry.helped = helped.get(entry.message.pk)
    entries = said + happened
    # Sorting keeps the order of equals, so what a message caused stands below it.
    entries.sort(key=lambda entry: entry.at)
    if shown and not last:
        next(entry for entry in entries if entry.message is shown[-1]).is_latest = True
    return Timeline(entries, shown[0].pk if has_earlier else None)


def _said(door, message):
    is_mine = message.is_from_customer and message.customer_id in {None, door.writer.pk}
    author = "" if is_mine else member_name(message.customer) if message.is_from_customer else staff_name(message.author)
    files = [(attachment, *door.file_urls(attachment)) for attachment in message.attachments.all()]
    return Entry(at=message.created_at, message=message, author=author, files=_beside(message, files), is_mine=is_mine)


def member_name(customer):
    """Another member of the organisation who wrote here. Never an address."""
    return customer.name or _("A colleague")


def _beside(message, files):
    """The files that stand below the words. A picture in the words stands there, by the address at which this door hands it out."""
    below = []
    for attachment, url, picture_url in files:
        if str(attachment.pk) in message.body_html:
            message.body_html = re.sub(rf'(?<=src=")/files/{attachment.pk}/[^"]*', lambda _found, url=url: url, message.body_html)
        else:
            below.append((attachment, url, picture_url))
    return below


def staff_name(person):
    """The name customers read. Never an address, even where no name was given."""
    return (person.name if person else "") or _("Our team")


def _happened_to(door, events):
    """The lines of history. Whoever reads the request of a colleague did nothing of it, and is not told what only the two of us know."""
    if not door.colleague:
        return _happened(door.ticket, events)
    events = [event for event in events if event.kind not in {Kind.RATED, Kind.FIELDS_CHANGED, Kind.ACTION_DONE}]
    for event in events:
        event.by_customer = event.by_customer and event.kind == Kind.OPENED
    return _happened(door.ticket, events)


def _happened(ticket, events):
    ratings = [event for event in events if event.kind == Kind.RATED]
    events = [event for event in events if event not in ratings[:-1]]
    passed_to = [event.details.get("after") for event in events if event.kind == Kind.PASSED_ON]
    departments = Department.objects.filter(is_public=True).in_bulk(passed_to) if passed_to else {}
    done = [event.details.get("action") for event in events if event.kind == Kind.ACTION_DONE]
    actions = Action.objects.in_bulk(done) if done else {}
    fields = _fields_in(events)
    lines = [
        (event, _filled_in(event, fields) if event.kind == Kind.FIELDS_CHANGED else _line(ticket, event, departments, actions))
        for event in events
    ]
    return [Entry(at=event.created_at, words=words) for event, words in lines if words]


def _fields_in(events):
    """{id: field} of the fields these events tell of, as far as customers know them. No query where none is told of."""
    wanted = {int(pk) for event in events if event.kind == Kind.FIELDS_CHANGED for pk in event.details.get("fields", ())}
    return Field.objects.known_to_customers().in_bulk(wanted) if wanted else {}


def _filled_in(event, fields):
    """What came to stand in fields that customers know; nothing where they know none of them."""
    told = [(fields[int(pk)], change) for pk, change in event.details.get("fields", {}).items() if int(pk) in fields]
    words = _("; ").join(change_words(field, change) for field, change in sorted(told, key=lambda row: (row[0].position, row[0].pk)))
    if not words:
        return ""
    return (_("You filled in: %(fields)s") if event.by_customer else _("We filled in: %(fields)s")) % {"fields": words}


def _line(ticket, event, departments, actions):
    match event.kind:
        case Kind.ACTION_DONE:
            action = actions.get(event.details.get("action"))
            return _("You chose “%(action)s”") % {"action": isolate(action)} if action else _("You went on with it")
        case Kind.OPENED if event.by_customer:
            return _("Registered as request %(number)s") % {"number": local_digits(ticket.number)}
        case Kind.OPENED:
            return _("Opened for you by our team")
        case Kind.PASSED_ON:
            department = departments.get(event.details.get("after"))
            return _("Passed to %(department)s") % {"department": department} if department else _("Passed to another department")
        case Kind.SPLIT | Kind.FOLLOWED:
            number = {"number": isolate(local_digits(event.details.get("number", "")))}
            return _("Goes on in request %(number)s") % number if "into" in event.details else _("Comes from request %(number)s") % number
        case Kind.CLOSED:
            return _("You closed this request") if event.by_customer else _("Solved and closed")
        case Kind.REOPENED:
            return _("Open again, since you wrote") if event.by_customer else _("Open again")
    return _("You rated our help: %(score)s") % {"score": score_words(event.details.get("score"))}
