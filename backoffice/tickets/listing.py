"""One page of a list of the inbox: first the ids, from ranges of indexes or from few rows; then the fifty rows by id."""

from collections import namedtuple
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.tickets import searching
from backoffice.tickets.narrowings import narrowings_of
from common.moments import current_reader
from common.paging import page_at
from permissions.sight import Sight
from statuses.models import StatusKind
from tickets.choices import Priority
from tickets.models import FieldValue, Ticket, Watch
from tickets.ranges import CLOSED, OPEN, SNOOZED, Part, merge
from tickets.rows import rows_by_id

PAGE_SIZE = 50
#: Of this many tickets with an answer in a field all are looked at; of more those in which the list comes first.
FEW = 2000
#: With so few pairs of department and status somebody may well see few tickets.
FEW_RANGES = 3
HEADINGS = {
    "late": _("Late"),
    "today": _("Due today"),
    "later": pgettext_lazy("deadline", "Later"),
    "ours": _("Ours to act on"),
    "waiting": _("Waiting for somebody else"),
    "flat": "",
    **{f"priority-{value}": label for value, label in Priority.choices},
}
OURS = [StatusKind.NEW, StatusKind.OPEN]
FIELDS = {
    "newest": "-last_message_at",
    "oldest": "last_message_at",
    "opened-newest": "-created_at",
    "opened-oldest": "created_at",
    "waking": "snoozed_until",
}

Found = namedtuple("Found", "value pk")


@dataclass
class Listed:
    """A section (common.paging) of ids with the value they are sorted by, merged from parts."""

    key: str
    parts: list
    field: str

    @property
    def name(self):
        return self.field.removeprefix("-")

    def read(self, value):
        return Ticket._meta.get_field(self.name).to_python(value)

    def value_of(self, row):
        return row.value

    def part(self, limit, *, cursor=None, backward=False):
        behind = (cursor.value, cursor.pk) if cursor else None
        descending = self.field.startswith("-") != backward
        return [Found(*row) for row in merge(self.parts, self.name, limit, descending=descending, behind=behind)]


def tickets_in(choice, seer, *, known_stores):
    """The tickets of this list. `seer`: a person or their Sight; `known_stores`: where they may know customers by name, and so search for them."""
    tickets = tickets_before_search(choice, seer)
    return searching.matching(tickets, searching.search_of(choice.words, seer, known_stores)) if choice.words else tickets


def tickets_before_search(choice, seer):
    """The tickets of this list, whatever its words."""
    tickets = _of_view(_narrowed(Ticket.objects.visible_to(seer), choice, seer), choice.view, seer)
    if choice.view == "closed":
        return tickets.closed()
    if choice.view == "snoozed":
        return tickets.snoozed()
    return tickets if choice.view in {"all", "shared"} else tickets.still_open().awake()


def _narrowed(tickets, choice, seer):
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
    for narrowing in narrowings_of(choice.filters, seer):
        tickets = tickets.filter(narrowing.condition)
    return tickets


def _of_view(tickets, view, seer):
    user = seer.user if isinstance(seer, Sight) else seer
    if view == "mine":
        return tickets.given_to(seer)
    if view == "shared":
        return tickets.shared_with(seer)
    if view == "watched":
        return tickets.filter(pk__in=Watch.objects.filter(user=user).values("ticket"))
    if view == "unassigned":
        return tickets.unassigned()
    return tickets.unread_by(user) if view == "unread" else tickets


def sections_in_order(choice, sight, search):
    """The list as sections of ids, in the order it is read in. `search`: what its words mean."""
    if search.wanted.terms:
        tickets, few = tickets_before_search(choice, sight).only("pk"), _few_ids(choice, sight, search)
        return searching.sections(tickets, search, sight, choice.order, among=few)
    return _sections_of_list(choice, sight, search)


def _few_ids(choice, sight, search):
    """Ids of the tickets in which the words are looked for, where those are known to be few; else None.

    Few are what one operator leaves, and what somebody sees with hardly any rights: there a common word stands in much that is not theirs.
    """
    narrowings = narrowings_of(choice.filters, sight)
    departments, statuses = _bounds(choice, sight, search, narrowings)
    leaves_few = any(narrowing.leaves_few for narrowing in narrowings)
    if choice.words:
        leaves_few = leaves_few or search.may_leave_few or len(departments) * len(statuses) <= FEW_RANGES
    if not leaves_few:
        return None
    tickets, ids = search.narrow(tickets_before_search(choice, sight)), []
    # Open, sleeping and closed ones are asked apart, because so they are indexed.
    for half in (tickets.still_open().awake(), tickets.snoozed(), tickets.closed()) if choice.view == "all" else (tickets,):
        ids += half.order_by().values_list("pk", flat=True)[: FEW + 1 - len(ids)]
        if len(ids) > FEW:
            return None
    return ids


def _bounds(choice, sight, search, narrowings):
    """(departments, statuses): ids outside of which nothing fits."""
    departments = sight.departments & {choice.department} if choice.department else sight.departments
    departments, statuses = search.bound(departments, "departments"), search.bound(frozenset(sight.statuses), "statuses")
    for narrowing in narrowings:
        statuses = statuses if narrowing.statuses is None else statuses & narrowing.statuses
    return departments, statuses


def _sections_of_list(choice, sight, search):
    parts = _few_parts(choice, sight, search) or _range_parts(choice, sight, search)

    def section(key, field, narrow=None, statuses=None):
        narrowed = [
            Part(
                narrow(part.tickets, part) if narrow else part.tickets,
                part.half,
                part.departments,
                part.statuses if statuses is None else part.statuses & statuses,
            )
            for part in parts
        ]
        return Listed(key, narrowed, field)

    if choice.order == "deadline":
        ours = frozenset(sight.statuses_of(*OURS))
        turn = Q(status__kind__in=OURS)
        unpromised = Q(answer_due_at=None)
        return [
            section("promised", "answer_due_at", lambda tickets, _part: tickets.filter(answer_due_at__isnull=False)),
            # A range is of one status, whose kind is known; where there are no ranges the kind is asked.
            section("ours", "-last_message_at", lambda tickets, part: tickets.filter(unpromised, Q() if part.half else turn), ours),
            section(
                "waiting",
                "-last_message_at",
                lambda tickets, part: tickets.filter(unpromised, Q() if part.half else ~turn),
                frozenset(sight.statuses) - ours,
            ),
        ]
    if choice.order == "priority":
        return [
            section(f"priority-{value}", "-last_message_at", lambda tickets, _part, value=value: tickets.filter(priority=value))
            for value in sorted([choice.priority] if choice.priority else Priority.values, reverse=True)
        ]
    if choice.order == "best":
        # Operators alone know no best. What is asked by its age is read by it: else all that is younger would be in the way.
        return [section("flat", "-created_at" if search.asks_by_age else "-last_message_at")]
    return [section("flat", FIELDS[choice.order])]


def _few_parts(choice, sight, search):
    """The list as parts that are read whole, where it is known to be short: one's own, what is shared, a rare answer, what few operators leave."""
    if choice.view == "mine":
        # Apart, because SQLite finds no index for one or the other.
        tickets = searching.matching(tickets_before_search(replace(choice, view="open"), sight), search)
        return [Part(tickets.filter(assignee=sight.user)), Part(tickets.filter(team__in=sorted(sight.teams)))]
    ids = _few_ids(choice, sight, search)
    if ids is not None:
        return [Part(searching.matching(Ticket.objects.filter(pk__in=ids), search))]
    is_short = choice.view in {"shared", "watched"} or any(_is_rare(key, answer) for key, answer in choice.fields)
    return [Part(searching.matching(tickets_before_search(choice, sight), search))] if is_short else []


def _is_rare(key, answer):
    given = FieldValue.objects.filter(field__key=key, option=answer).order_by().values("pk")
    return given[: FEW + 1].count() <= FEW


def _range_parts(choice, sight, search):
    """The list as ranges of what the rights show, and what is shared besides."""
    departments, statuses = _bounds(choice, sight, search, narrowings_of(choice.filters, sight))
    tickets = searching.matching(_of_view(_narrowed(Ticket.objects.kept(), choice, sight), choice.view, sight), search)
    halves = {OPEN: lambda: tickets.still_open().awake(), SNOOZED: tickets.snoozed, CLOSED: tickets.closed}
    wanted = {"all": [OPEN, SNOOZED, CLOSED], "closed": [CLOSED], "snoozed": [SNOOZED]}.get(choice.view, [OPEN])
    parts = [Part(halves[half](), half, departments, statuses) for half in wanted]
    if sight.shared != frozenset():
        shared = tickets if choice.view == "all" else parts[0].tickets
        parts.append(Part(shared.shared_with(sight)))
    return parts


def inbox_page(choice, sight, query, *, search, more=()):
    """One page of the list, in groups of (key, heading, tickets). `search`: what its words mean; `more`: columns it shows besides."""
    page = page_at(sections_in_order(choice, sight, search), query, size=PAGE_SIZE, address=choice.page_query)
    put(page, rows_by_id([row.pk for row in page.rows], sight, more=more))
    page.groups = [group for key, rows in page.groups for group in _headed(key, rows)]
    return page


def load(page, tickets):
    """The page with these tickets in place of their ids. What is not among them any more since it was found is left out."""
    ids = [row.pk for row in page.rows]
    return put(page, tickets.in_bulk(ids) if ids else {})


def put(page, loaded):
    """The page with the tickets of this {id: ticket}."""
    groups = [(key, [loaded[row.pk] for row in rows if row.pk in loaded]) for key, rows in page.groups]
    page.groups = [(key, rows) for key, rows in groups if rows]
    return page


def _headed(key, rows):
    if key != "promised":
        return [(key, HEADINGS.get(key, ""), rows)]
    now, midnight = timezone.now(), coming_midnight()
    late = [row for row in rows if row.answer_due_at and row.answer_due_at < now]
    today = [row for row in rows if row.answer_due_at and now <= row.answer_due_at < midnight]
    told = {id(row) for row in (*late, *today)}
    later = [row for row in rows if id(row) not in told]
    return [(key, HEADINGS[key], part) for key, part in (("late", late), ("today", today), ("later", later)) if part]


def coming_midnight():
    """The coming midnight where the reader lives."""
    zone = current_reader().zone
    tomorrow = timezone.now().astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, zone)
