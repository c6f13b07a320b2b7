"""What a change would do, found out by doing it: inside a savepoint that is always rolled back, asked with the queries every page uses."""

from dataclasses import dataclass, field

from django.db import transaction

from control.rights.sheet import Sheet
from control.rights.words import too_many
from permissions.querysets import departments_to_grant_in, may_grant
from tickets.covering import cover_ticket, known_stores
from tickets.models import Ticket

LIMIT = 1000
LOOKED_AT = 500
EXAMPLES = 3
PEOPLE = 6


@dataclass
class Seen:
    """How many open tickets one person sees in the granter's departments, before and after, of how many."""

    person: object
    before: str
    after: str
    total: str


@dataclass
class Preview:
    gives: list
    takes: list
    seen: list = field(default_factory=list)
    gained: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    people_left: int = 0
    closes_pages: bool = False


def preview(change, *, sheet):
    """Boxes the change gives and takes, and the open tickets it opens and closes. Raises what the change itself would raise.

    Examples are tickets the granter sees already: the preview tells nobody a subject they may not read, not even
    to somebody about to open the ticket to themselves.
    """
    granter, who = sheet.granter, sheet.who
    departments = list(departments_to_grant_in(granter).values_list("pk", flat=True))
    tickets = Ticket.objects.still_open().filter(department__in=departments)
    members = list(who.user_set.staff()[: PEOPLE + 1]) if sheet.is_team else [who]
    people = members[:PEOPLE]

    before = [_Sight(tickets, person) for person in people]
    with transaction.atomic():
        change.apply(by=granter)
        gives, takes = _difference(sheet, Sheet(granter, who))
        after = [_Sight(tickets, person) for person in people]
        kept = [set(tickets.visible_to(sight.person).filter(pk__in=sight.newest).values_list("pk", flat=True)) for sight in before]
        closes_pages = not may_grant(granter)
        transaction.set_rollback(True)

    opened, closed = set(), set()
    for was, will, still in zip(before, after, kept, strict=True):
        seen_already = tickets.visible_to(was.person).filter(pk__in=will.newest).values_list("pk", flat=True)
        opened |= set(will.newest) - set(seen_already)
        closed |= set(was.newest) - still
    total = _count(tickets)
    seen = [Seen(was.person, was.count, will.count, total) for was, will in zip(before, after, strict=True)]
    left = who.user_set.staff().count() - PEOPLE if len(members) > PEOPLE else 0
    return Preview(gives, takes, seen, _examples(granter, opened), _examples(granter, closed), left, closes_pages)


class _Sight:
    """What one person sees at this moment: how many, and the newest of them."""

    def __init__(self, tickets, person):
        self.person = person
        visible = tickets.visible_to(person)
        self.newest = list(visible.newest_first().values_list("pk", flat=True)[:LOOKED_AT])
        self.count = _count(visible)


def _count(tickets):
    return too_many(tickets.order_by().values("pk")[: LIMIT + 1].count(), LIMIT)


def _examples(granter, pks):
    """Some of these tickets, as the granter reads them in every other list."""
    known = known_stores(granter)
    found = Ticket.objects.visible_to(granter).filter(pk__in=pks).for_inbox().select_related("customer__user", "status")
    return [cover_ticket(ticket, known.mask(ticket)) for ticket in found.newest_first()[:EXAMPLES]]


def _difference(before, after):
    """(boxes given or prolonged, boxes taken), as they are afterwards and as they were."""
    gives = [box for value, box in after.boxes.items() if box.own and not _same(before.boxes.get(value), box)]
    takes = [box for value, box in before.boxes.items() if box.own and not (value in after.boxes and after.boxes[value].own)]
    return gives, takes


def _same(old, new):
    return bool(old and old.own and old.own.ends_at == new.own.ends_at)
