"""The panel beside the lists where somebody's views stand: their own, and those that colleagues gave them, in an order of their own."""

import json
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.models import JSONField, Subquery, Value
from django.db.models.functions import JSONObject
from django.http import QueryDict

from backoffice.tickets.searching import everywhere
from common.prepared import Prepared
from customers.identifiers import Identifiers
from customers.masking import REGIONS, Mask
from permissions.rights import StoreRight
from tickets.models import ListSetup, SavedView
from tickets.models.tag import ListedAsJson
from tickets.search.operators import NAMES
from tickets.search.query import parse

#: The operators of the search whose values tell nothing of a customer.
_PLAIN_OPERATORS = {"status", "department", "assignee", "has", "is", "before", "after"}


@Prepared
def _kept_of(user):
    """The setup and the views of a person as one row of JSON."""
    facts = JSONObject(**{name: name for name in ("id", "owner_id", "name", "query", "layout", "audience")})
    views = SavedView.objects.visible_to(user).order_by().annotate(one=Value(1)).values("one")
    return (
        get_user_model()
        .objects.filter(pk=user)
        .values_list(
            Subquery(ListSetup.objects.filter(pk=user).values("given")),
            Subquery(views.annotate(listed=ListedAsJson(facts)).values("listed"), output_field=JSONField()),
        )
    )


def kept_of(user):
    """(how they want their lists, the views they have), by one query."""
    given, listed = next(iter(_kept_of(user=user.pk)), (None, None))
    views = [SavedView(**{**row, "query": _read(row["query"])}) for row in listed or ()]
    return ListSetup(user=user, given=_read(given) or {}), sorted(views, key=lambda view: view.pk)


def _read(given):
    """JSON inside of JSON comes as text from SQLite."""
    return json.loads(given) if isinstance(given, str) else given


@dataclass
class Panel:
    """The views one person has. `views`: all of them, in order; `mine` and `given`: those that stand in the panel."""

    user: object
    views: list
    setup: ListSetup
    may_share: bool = False
    hidden: frozenset = field(default_factory=frozenset)

    @property
    def mine(self):
        return [view for view in self.views if view.owner_id == self.user.pk and view.pk not in self.hidden]

    @property
    def given(self):
        return [view for view in self.views if view.owner_id != self.user.pk and view.pk not in self.hidden]

    @property
    def shown(self):
        return [*self.mine, *self.given]

    def beside(self, view):
        """Those among which it is moved: one's own or those that were given, the hidden ones in between."""
        is_mine = view.owner_id == self.user.pk
        return [other for other in self.views if (other.owner_id == self.user.pk) == is_mine]

    def find(self, pk):
        """The view of this id, or None; what somebody does not have is not there."""
        return next((view for view in self.views if str(view.pk) == str(pk)), None)

    def may_change(self, view):
        """Whoever made it, and whoever may give views to colleagues; what was given to others is changed only with that right."""
        return self.may_share if view.is_shared else view.owner_id == self.user.pk

    def may_delete(self, view):
        return view.owner_id == self.user.pk or self.may_change(view)


def panel_of(sight, known):
    """One query. `known`: the stores whose customers the reader knows."""
    setup, views = kept_of(sight.user)
    if everywhere(known) is not None:
        views = [view for view in views if view.owner_id == sight.user.pk or not tells_of_customers(view)]
        mask = Mask(Identifiers(), [*known.regions.values(), *REGIONS])
        for view in views:
            view.name = mask.text(view.name)
    order = {pk: place for place, pk in enumerate(setup.order)}
    views.sort(key=lambda view: (order.get(view.pk, len(order)), view.pk))
    return Panel(sight.user, views, setup, bool(sight.places_with(StoreRight.SHARE_VIEWS)), frozenset(setup.hidden))


def tells_of_customers(view):
    """Whether it asks for words that may name a customer. Then it is only for those who may know every customer."""
    query = parse(view.query.get("q", ""), NAMES)
    return bool(query.words) or any(piece.name not in _PLAIN_OPERATORS for piece in query.operators)


def query_of(view):
    """What the view asks for, as an address would."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in view.query.items() if isinstance(value, str)})
    return query
