"""The lists of the inbox: which tickets, in which order, under which headings."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.fields import JalaliDateField
from common.moments import current_reader, format_moment, reader_today
from common.paging import Section, page_at
from common.text import clean_line
from custom_fields.forms import PREFIX, name_of
from custom_fields.kinds import FROM_A_LIST, kind_of
from custom_fields.models import Field, FieldPlace
from statuses.models import StatusKind
from tickets.choices import Priority
from tickets.models import FieldValue, Ticket

PAGE_SIZE = 50
DEFAULT_VIEW = "mine"
LIST_COOKIE = "desk_list"
EARLIEST_DAY = date(2000, 1, 1)

VIEWS = {
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "unread": _("Unread"),
    "open": _("All open"),
    "shared": _("Shared with me"),
    "closed": pgettext_lazy("list of tickets", "Closed"),
    "all": _("All tickets"),
}
HEADINGS = {
    "late": _("Late"),
    "today": _("Due today"),
    "later": pgettext_lazy("deadline", "Later"),
    "ours": _("Ours to act on"),
    "waiting": _("Waiting for somebody else"),
    "flat": "",
}
OURS = [StatusKind.NEW, StatusKind.OPEN]


@dataclass(frozen=True)
class Choice:
    """What somebody asked the inbox for. Damaged and foreign values count as not given."""

    view: str = DEFAULT_VIEW
    department: int | None = None
    priority: int | None = None
    request_type: int | None = None
    words: str = ""
    since: date | None = None
    since_typed: str = ""
    since_error: str = ""
    fields: tuple = ()

    @classmethod
    def read(cls, query, departments=(), types=(), *, view=DEFAULT_VIEW, fields=()):
        """From an address. `departments`, `types` and `fields`: those this person may see, so that others cannot be asked for;
        `view`: where they begin."""
        words = clean_line(query.get("q", ""), 200)
        wanted = query.get("view", "")
        seen = {str(department.pk): department.pk for department in departments}
        priorities = {str(number): number for number in Priority.values}
        since, since_typed, since_error = _day(clean_line(query.get("since", ""), 40))
        return cls(
            view=wanted if wanted in VIEWS else "all" if words else view,
            department=seen.get(query.get("department", "")),
            priority=priorities.get(query.get("priority", "")),
            request_type={str(each.pk): each.pk for each in types}.get(query.get("type", "")),
            words=words,
            since=since,
            since_typed=since_typed,
            since_error=since_error,
            fields=tuple((field.key, query[name_of(field)]) for field in fields if query.get(name_of(field)) in answers_of(field)),
        )

    @property
    def title(self):
        return VIEWS[self.view]

    @property
    def given(self):
        """What was asked for, by the names of the inputs."""
        given = {
            "view": self.view,
            "department": self.department,
            "priority": self.priority,
            "type": self.request_type,
            "q": self.words,
            "since": self.since and self.since.isoformat(),
            **{f"{PREFIX}{key}": answer for key, answer in self.fields},
        }
        return {name: value for name, value in given.items() if value}

    @property
    def query(self):
        """The address of this list, without a place in it."""
        return "?" + urlencode(self.given)

    @property
    def everywhere(self):
        """The same words, looked for in all tickets."""
        return Choice(view="all", words=self.words)

    @property
    def is_narrowed(self):
        return bool(self.department or self.priority or self.request_type or self.words or self.since_typed or self.fields)

    @property
    def has_promises(self):
        """Lists of what is open are ordered by what was promised; the others, and what was searched for, newest first."""
        return self.view not in {"closed", "all", "shared"} and not self.words


def fields_of_lists():
    """Fields that lists have a use for: to be shown in their rows, or to narrow them."""
    return Field.objects.kept().filter(Q(kind__in=FROM_A_LIST) | Q(in_lists=True)).exclude(place=FieldPlace.CUSTOMER)


def fields_for_lists(user):
    """Those of them that this person may see. One query."""
    return [field for field in fields_of_lists().for_reader(user) if field.is_open]


def answers_of(field):
    """{key: words} of what a list can be narrowed to; nothing for what is written freely."""
    return {str(key): str(words) for key, words in kind_of(field).options(field)} if field.kind in FROM_A_LIST else {}


def narrowing(choice, fields):
    """[(name of the input, what the field is called, {key: words}, the chosen key)], for the filters above the list."""
    chosen = dict(choice.fields)
    return [
        (name_of(field), str(field.label), answers_of(field), chosen.get(field.key, "")) for field in fields if field.kind in FROM_A_LIST
    ]


def last_list(request):
    """The list this person came from."""
    return Choice.read(QueryDict(request.COOKIES.get(LIST_COOKIE, "")[:500]))


def _day(typed):
    """What was typed as a day, in either calendar: (the day or None, how to show it again, what is wrong with it)."""
    try:
        day = JalaliDateField(required=False, earliest=EARLIEST_DAY, latest=reader_today()).clean(typed)
    except ValidationError as error:
        return None, typed, " ".join(error.messages)
    return day, format_moment(day, "day_numeric") if day else "", ""


def tickets_in(choice, user, *, known_stores):
    """The tickets of this list. `known_stores`: where this person may know customers by name, and so search for them."""
    tickets = Ticket.objects.visible_to(user)
    if choice.view == "closed":
        tickets = tickets.closed()
    elif choice.view == "shared":
        tickets = tickets.shared_with(user)
    elif choice.view != "all":
        tickets = tickets.still_open()
    if choice.view == "mine":
        tickets = tickets.given_to(user)
    elif choice.view == "unassigned":
        tickets = tickets.unassigned()
    elif choice.view == "unread":
        tickets = tickets.unread_by(user)
    if choice.department:
        tickets = tickets.filter(department=choice.department)
    if choice.priority:
        tickets = tickets.filter(priority=choice.priority)
    if choice.request_type:
        tickets = tickets.filter(request_type=choice.request_type)
    if choice.since:
        tickets = tickets.filter(last_message_at__gte=datetime.combine(choice.since, time.min, current_reader().zone))
    for key, answer in choice.fields:
        tickets = tickets.filter(Exists(FieldValue.objects.filter(ticket=OuterRef("pk"), field__key=key, option=answer)))
    return tickets.matching(choice.words, known_stores=known_stores) if choice.words else tickets


def inbox_page(choice, user, query, *, known_stores):
    """One page of the list, in groups of (key, heading, tickets)."""
    tickets = tickets_in(choice, user, known_stores=known_stores).for_inbox().with_unread_of(user)
    if choice.has_promises:
        promised = Q(answer_due_at__isnull=False)
        sections = [
            Section("promised", tickets.filter(promised), "answer_due_at"),
            Section("ours", tickets.filter(~promised, status__kind__in=OURS), "-last_message_at"),
            Section("waiting", tickets.filter(~promised).exclude(status__kind__in=OURS), "-last_message_at"),
        ]
    else:
        sections = [Section("flat", tickets, "-last_message_at")]
    page = page_at(sections, query, size=PAGE_SIZE, address=choice.query)
    page.groups = [group for key, rows in page.groups for group in _headed(key, rows)]
    return page


def _headed(key, rows):
    if key != "promised":
        return [(key, HEADINGS[key], rows)]
    now, midnight = timezone.now(), coming_midnight()
    late = [row for row in rows if row.answer_due_at < now]
    today = [row for row in rows if now <= row.answer_due_at < midnight]
    later = [row for row in rows if row.answer_due_at >= max(midnight, now)]
    return [(key, HEADINGS[key], part) for key, part in (("late", late), ("today", today), ("later", later)) if part]


def coming_midnight():
    """The coming midnight where the reader lives."""
    zone = current_reader().zone
    tomorrow = timezone.now().astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, zone)
