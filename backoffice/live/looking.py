"""What is new, read from the database: by one looker per process for all its open pages, and for a single page that asks by itself.

However many pages are open, one look costs at most four queries: events, tickets they belong to, visits, and whether rights may have changed.
"""

import logging
from collections import namedtuple
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from audit.models import AuditLine
from tickets.models import Ticket, TicketEvent, Visit

log = logging.getLogger(__name__)

#: More events than these at once are not told one by one.
MOST = 300
#: On PostgreSQL an event may be committed after one with a higher number, so the last ones are looked at again.
OVERLAP = 100
#: So many tickets are named to one page; more are “many”.
MOST_NUMBERS = 50

#: Where a ticket stands, as far as it decides who sees it.
Place = namedtuple("Place", "pk number department status is_deleted")
#: Somebody who has a ticket open.
Here = namedtuple("Here", "user name is_writing")


@dataclass
class News:
    """`latest`: the last event there is; `events`: {ticket id: its last new event}; `visits`: {ticket id: who is there now}, of those
    that changed; `places`: {ticket id: Place} of all of them; `is_many`: more happened than stands here."""

    latest: int = 0
    events: dict = field(default_factory=dict)
    visits: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)
    rights_may_have_changed: bool = False
    is_many: bool = False

    def __bool__(self):
        return bool(self.events or self.visits or self.rights_may_have_changed or self.is_many)


class Looker:
    """Remembers what it has seen. Used by one thread."""

    def __init__(self):
        self.latest, self.rights_mark, self.version = latest_event(), _rights_mark(), None
        self.seen = set(_events_after(self.latest - OVERLAP).values_list("pk", flat=True))
        self.visits = _visits()

    def look(self, *, even_if_quiet=False):
        """News since the last look. `even_if_quiet`: also where the database says that nobody wrote (visits end by themselves)."""
        if self._is_quiet() and not even_if_quiet:
            return News(self.latest)
        news = News(self.latest)
        rows = list(_events_after(self.latest - OVERLAP).exclude(pk__in=self.seen).values_list("pk", "ticket")[: MOST + 1])
        if len(rows) > MOST:
            news.is_many = True
            self.latest = latest_event()
            self.seen = set(_events_after(self.latest - OVERLAP).values_list("pk", flat=True))
        else:
            for pk, ticket in rows:
                self.seen.add(pk)
                self.latest = max(self.latest, pk)
                news.events[ticket] = max(news.events.get(ticket, 0), pk)
            if len(self.seen) > 4 * OVERLAP + MOST:
                self.seen = {pk for pk in self.seen if pk > self.latest - 2 * OVERLAP}
        news.latest = self.latest
        before, self.visits = self.visits, _visits()
        news.visits = {pk: self.visits.get(pk, []) for pk in before.keys() | self.visits.keys() if before.get(pk) != self.visits.get(pk)}
        news.places = places_of(news.events.keys() | news.visits.keys())
        mark = _rights_mark()
        news.rights_may_have_changed, self.rights_mark = mark != self.rights_mark, mark
        return news

    def _is_quiet(self):
        """SQLite tells whether anybody else wrote since the last question, for next to nothing; PostgreSQL is asked for the news itself."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor != "sqlite":
            return False
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()[0]
        before, self.version = self.version, version
        return before == version


def sees(sight, place):
    """Whether this person sees the ticket that stands there. The same as Ticket.objects.visible_to(sight) says of it."""
    if place.is_deleted or sight.sees_nothing:
        return False
    if sight.sees_everything or (place.department in sight.departments and place.status in sight.statuses):
        return True
    if sight.shared is None:
        return Ticket.objects.kept().shared_with(sight).filter(pk=place.pk).exists()
    return place.pk in sight.shared


def news_since(sight, since):
    """(News after this event of which the person sees the ticket, nothing of the rest), for a page that asks by itself."""
    news = News(latest_event())
    rows = list(_events_after(since).values_list("pk", "ticket")[: MOST + 1]) if since < news.latest else []
    news.is_many = len(rows) > MOST
    events = {}
    for pk, ticket in rows[:MOST]:
        events[ticket] = pk
    visits = _visits()
    places = places_of(events.keys() | visits.keys())
    news.places = {pk: place for pk, place in places.items() if sees(sight, place)}
    news.events = {pk: event for pk, event in events.items() if pk in news.places}
    news.visits = {pk: here for pk, here in visits.items() if pk in news.places}
    return news


def event_before(age):
    """The last event that is older than so many seconds: after it begins what a page that was drawn then has not shown."""
    latest = latest_event()
    limit = timezone.now() - timedelta(seconds=age)
    recent = _events_after(latest - MOST).filter(created_at__gte=limit).order_by("pk").values_list("pk", flat=True).first()
    return recent - 1 if recent else latest


def latest_event():
    return TicketEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def places_of(tickets):
    if not tickets:
        return {}
    rows = Ticket.objects.filter(pk__in=tickets).values_list("pk", "number", "department", "status", "deleted_at")
    return {row[0]: Place(*row[:4], row[4] is not None) for row in rows}


def _events_after(pk):
    return TicketEvent.objects.filter(pk__gt=pk).order_by("pk")


def _visits():
    """{ticket id: [Here, …]} of everybody who has a ticket open, each once."""
    found = {}
    rows = Visit.objects.here().order_by("user", "pk").select_related("user").only("ticket", "is_writing", *_NAMES)
    for visit in rows:
        people = found.setdefault(visit.ticket_id, {})
        writes = visit.is_writing or (visit.user_id in people and people[visit.user_id].is_writing)
        people[visit.user_id] = Here(visit.user_id, str(visit.user), writes)
    return {ticket: list(people.values()) for ticket, people in found.items()}


_NAMES = ("user__name", "user__email", "user__phone")


def _rights_mark():
    """Who gives or takes a right, a role, a team, an account or a share leaves a line in the audit log with it."""
    return AuditLine.objects.order_by("-pk").values_list("pk", flat=True).first()
