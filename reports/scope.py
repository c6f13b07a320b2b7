"""Whose ratings are counted: as far as their reader may see them, and as far as the reader narrowed them."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from permissions.rights import StoreRight
from permissions.sight import Sight
from tickets.models import Ticket


@dataclass(frozen=True)
class Scope:
    """`stores`: ids of those whose reports the reader sees, or chose among them. The rest narrows: ids, and `team` by its members of today.

    `is_own`: the reader's own ratings in every store, which are theirs to know whatever became of the tickets.
    """

    sight: Sight
    stores: frozenset = frozenset()
    department: int | None = None
    person: int | None = None
    team: int | None = None
    language: str = ""
    request_type: int | None = None
    tag: int | None = None
    is_own: bool = False

    @classmethod
    def of(cls, sight, *, store=None, **narrowed):
        stores = stores_with_reports(sight)
        return cls(sight, stores & {store} if store else stores, **narrowed)

    @classmethod
    def own(cls, sight):
        return cls(sight, person=sight.user.pk, is_own=True)

    @property
    def tickets(self):
        """The tickets this is about. What the reader may not see is not counted either."""
        tickets = Ticket.objects.kept() if self.is_own else Ticket.objects.visible_to(self.sight)
        tickets = tickets.filter(request_type=self.request_type) if self.request_type else tickets
        return tickets.tagged(self.tag) if self.tag else tickets

    def narrow(self, rows, *, at="", seen_only=False):
        """Those of the rows (surveys, or ratings of answers) that belong to this. `at`: the way from a row to them, as `survey__`.

        `seen_only`: also of one's own those alone whose ticket one may see, where words are read and not numbers.
        """
        narrowed = {"department": self.department, "person": self.person, "language": self.language}
        rows = rows.filter(**{f"{at}{name}": value for name, value in narrowed.items() if value})
        if self.team:
            members = get_user_model().groups.through.objects.filter(group=self.team)
            rows = rows.filter(**{f"{at}person__in": members.values("user")})
        tickets = self.tickets
        if self.is_own:
            tickets = Ticket.objects.visible_to(self.sight) if seen_only else tickets
        else:
            rows = rows.filter(**{f"{at}store__in": sorted(self.stores)})
        if self.sight.sees_everything and not (self.request_type or self.tag):
            # All but the deleted ones, which are few: so not every ticket has to be looked at.
            return rows.exclude(**{f"{at}ticket__in": Ticket.objects.deleted().order_by().values("pk")})
        return rows.filter(Exists(tickets.filter(pk=OuterRef(f"{at}ticket"))))


def stores_with_reports(sight):
    """Ids of the stores whose reports this person sees."""
    return sight.places_with(StoreRight.VIEW_REPORTS)
