"""The list as a board: a lane for each status where all of it follows one workflow, else for each kind of status.

All lanes are read by one statement, each up to LANE cards; the next ones of a lane begin where its last card stood. A list of open
tickets has a lane for closing them, in which the latest closed ones stand where an index has them in order.
"""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from backoffice.tickets import listing, searching
from backoffice.tickets.narrowings import narrowings_of, statuses_there_are
from common.numbers import format_number
from common.paging import Cursor, page_of
from statuses.models import StatusKind
from tickets.ranges import Part, merge_each
from tickets.rows import rows_by_id

#: Cards of a lane beside the others, and of one that is shown alone: a board has about as many tickets as a page of a list.
LANE, ALONE = 10, 50
#: What a card shows besides what a row does.
MORE = ("version",)
#: Lists whose closed tickets are read from an index, whatever else there is.
_WITH_CLOSED = {"mine", "open"}
REST = _("Other statuses")


@dataclass
class Lane:
    """`key`: status-12 or kind-open; `of`: the status, or the kind; `statuses`: ids of those that stand in it."""

    key: str
    of: object
    name: str
    statuses: frozenset
    is_closed: bool = False
    is_rest: bool = False
    sections: list = field(default_factory=list)
    cards: list = field(default_factory=list)
    more_query: str = ""

    @property
    def kind(self):
        return getattr(self.of, "kind", self.of)

    @property
    def amount(self):
        """How many cards there are, as far as they were read: 7, or 10+."""
        if not self.sections:
            return ""
        return f"{format_number(len(self.cards))}+" if self.more_query else format_number(len(self.cards))


@dataclass
class Board:
    """`by`: what a move names, status or kind; `only`: whether one lane is shown alone, from some card on."""

    lanes: list
    by: str
    only: bool = False

    @property
    def cards(self):
        return [card for lane in self.lanes for card in lane.cards]


def board_of(choice, sight, departments, query, *, search):
    """`departments`: those the reader sees, as rows."""
    lanes, by = _lanes(choice, sight, departments)
    asked = query.get("lane", "")
    only = next((lane for lane in lanes if lane.key == asked), None)
    _give_sections([only] if only else lanes, choice, sight, search)
    if only:
        page = page_of(only.sections, size=ALONE, after=query.get("after", "")) if only.sections else None
        found = [(only, [row.pk for row in page.rows], page.after)] if page else []
        lanes = [only]
    else:
        found = _first_cards(lanes)
    ids = [pk for _one, pks, _after in found for pk in pks]
    tickets = rows_by_id(ids, sight, more=MORE)
    for lane, pks, after in found:
        lane.cards = [tickets[pk] for pk in pks if pk in tickets]
        lane.more_query = f"{choice.page_query}&layout=board&lane={lane.key}&after={after}" if after else ""
    return Board([lane for lane in lanes if lane.cards or not lane.is_rest], by, bool(only))


def _lanes(choice, sight, departments):
    """The lanes in their order, and what a move to one of them names."""
    there, wanted = statuses_there_are(), _bound(choice, sight)
    asked = [department for department in departments if choice.department in (None, department.pk)]
    workflows = {department.workflow_id for department in asked}
    if len(workflows) == 1:
        own = [status for status in there.values() if status.workflow_id in workflows and not status.archived_at]
        lanes = [
            Lane(f"status-{status.pk}", status, str(status.name), frozenset([status.pk]), status.kind == StatusKind.CLOSED)
            for status in sorted(own, key=lambda status: (status.position, status.pk))
            if status.pk in sight.statuses
        ]
        rest = frozenset(there) - frozenset(status.pk for status in own)
        lanes.append(Lane("rest", "", str(REST), rest, is_rest=True))
        by = "status"
    else:
        kinds = {kind: frozenset(pk for pk, status in there.items() if status.kind == kind) for kind in StatusKind}
        lanes = [
            Lane(f"kind-{kind.value}", kind.value, str(kind.label), ids, kind == StatusKind.CLOSED)
            for kind, ids in kinds.items()
            if ids & frozenset(sight.statuses) or sight.shared != frozenset()
        ]
        by = "kind"
    if choice.view == "closed":
        lanes = [lane for lane in lanes if lane.is_closed or lane.is_rest]
    return [lane for lane in lanes if wanted is None or lane.statuses & wanted], by


def _bound(choice, sight):
    """The statuses that the filters leave; None for all."""
    bounds = [narrowing.statuses for narrowing in narrowings_of(choice.filters, sight) if narrowing.statuses is not None]
    return frozenset.intersection(*bounds) if bounds else None


def _give_sections(lanes, choice, sight, search):
    is_open = choice.view not in {"all", "closed", "shared"}
    sections = listing.sections_in_order(choice, sight, search)
    for lane in lanes:
        if not (is_open and lane.is_closed):
            lane.sections = [_restricted(section, lane.statuses) for section in sections if _may_stand_in(lane, section.key)]
    closed = [lane for lane in lanes if is_open and lane.is_closed]
    if closed and choice.view in _WITH_CLOSED and not _is_narrowed_much(choice):
        section = _closed_ones(choice, sight, search)
        for lane in closed:
            lane.sections = [_restricted(section, lane.statuses)]


def _is_narrowed_much(choice):
    return replace(choice, department=None).is_narrowed


def _closed_ones(choice, sight, search):
    """The closed tickets of a list of open ones, the latest first."""
    closed = replace(choice, view="closed", sort="newest")
    if choice.view == "mine":
        tickets = searching.matching(listing.tickets_before_search(closed, sight), search)
        parts = [Part(tickets.filter(assignee=sight.user)), Part(tickets.filter(team__in=sorted(sight.teams)))]
        return listing.Listed("flat", parts, "-last_message_at")
    return listing.sections_in_order(closed, sight, search)[0]


def _may_stand_in(lane, key):
    """In a list by promises: whether a lane has anything to do with what is ours, or with what waits."""
    if lane.is_rest or key not in {"ours", "waiting"}:
        return True
    return (lane.kind in listing.OURS) == (key == "ours")


def _restricted(section, statuses):
    return replace(section, parts=[replace(part, statuses=part.statuses & statuses if part.half else statuses) for part in section.parts])


def _first_cards(lanes):
    """[(lane, ids of its first cards, the place behind them or nothing)], by one statement."""
    lines = [[(section.parts, section.name, section.field.startswith("-")) for section in lane.sections] for lane in lanes]
    merged = merge_each(lines, LANE + 1)
    pages = []
    for lane, found in zip(lanes, merged, strict=True):
        rows = [(number, value, pk) for number, rows in enumerate(found) for value, pk in rows]
        after = str(Cursor(*rows[LANE - 1])) if len(rows) > LANE else ""
        pages.append((lane, [pk for _number, _value, pk in rows[:LANE]], after))
    return pages
