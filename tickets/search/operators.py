"""The operators of the search: what each is called, and which tickets it leaves.

To add one, write a function with @operator. It gets a Searcher and one value, and returns a Narrowing. Names (of departments,
statuses, people, fields) are looked for only among those this person comes across anyway: a wrong guess and a foreign name
are answered alike.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from departments.models import Department
from permissions.querysets import departments_where, statuses_where
from permissions.rights import DepartmentRight, StatusRight
from permissions.sight import Sight
from statuses.models import Status
from tickets.models import Ticket
from tickets.search.query import spelled


@dataclass(frozen=True)
class Narrowing:
    """What one value of an operator means: the condition (None: nothing fits it), in which words, and what is wrong with it.

    For whoever reads the tickets in order: `departments` and `statuses` are ids outside of which nothing fits (None: no such bound);
    `leaves_few`: mostly so few tickets that it is better to look at all of them.
    """

    condition: Q | None
    words: str = ""
    problem: str = ""
    departments: frozenset | None = None
    statuses: frozenset | None = None
    leaves_few: bool = False


@dataclass
class Searcher:
    """Who searches (a person, or their Sight), and the names they may use. `known`: ids of the stores whose customers they may know."""

    seer: object
    known: frozenset = field(default_factory=frozenset)

    @property
    def user(self):
        return self.seer.user if isinstance(self.seer, Sight) else self.seer

    @property
    def seen(self):
        return Ticket.objects.visible_to(self.seer)

    def sees_any(self, **of):
        """Whether they see a ticket of this person or team. Open, sleeping and closed ones are asked apart, because so they are indexed."""
        tickets = self.seen.filter(**of)
        return tickets.still_open().awake().exists() or tickets.closed().exists() or tickets.snoozed().exists()

    @property
    def shared(self):
        return Ticket.objects.shared_with(self.seer).kept()

    @cached_property
    def departments(self):
        theirs = Q(pk__in=departments_where(self.user, DepartmentRight.VIEW).values("pk")) | Q(pk__in=self.shared.values("department"))
        return list(Department.objects.filter(theirs))

    @cached_property
    def statuses(self):
        theirs = Q(pk__in=statuses_where(self.user, StatusRight.VIEW).values("pk")) | Q(pk__in=self.shared.values("status"))
        return list(Status.objects.filter(theirs).defer("customer_name"))


@dataclass(frozen=True)
class Operator:
    """`either`: said twice, it leaves the tickets of either value, as commas do; else those of both. `is_whole`: its value has no commas."""

    name: str
    label: str
    example: str
    help: str
    narrow: object
    either: bool
    is_whole: bool


OPERATORS = {}
#: {spelling in any language: name}
NAMES = {}


def operator(name, label, *spellings, example, help, either=False, is_whole=False):  # noqa: A002  it is what the sheet says
    """Make a function of (searcher, value) an operator. Spellings of all languages are always understood.

    `example` and `help` stand in the sheet beside the search box.
    """

    def keep(function):
        OPERATORS[name] = Operator(name, label, example, help, function, either, is_whole)
        NAMES.update({spelled(spelling): name for spelling in (name, *spellings)})
        return function

    return keep


def nothing(problem):
    return Narrowing(None, problem=problem)


def listed(rows):
    return _(", ").join(dict.fromkeys(str(row) for row in rows[:4])) + ("…" if len(rows) > 4 else "")
