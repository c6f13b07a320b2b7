"""The lists of the inbox: which tickets are asked for, in which order. backoffice/tickets/listing.py finds a page of them."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.tickets import searching
from backoffice.tickets.narrowings import read_filters
from common.fields import JalaliDateField
from common.moments import format_moment, reader_today
from common.prepared import Prepared
from common.text import clean_line
from custom_fields.forms import PREFIX, name_of
from custom_fields.kinds import FROM_A_LIST, kind_of
from custom_fields.models import Field, FieldPlace
from tickets.choices import Priority

DEFAULT_VIEW = "mine"
LIST_COOKIE = "desk_list"
EARLIEST_DAY = date(2000, 1, 1)

VIEWS = {
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "unread": _("Unread"),
    "watched": _("Watched"),
    "open": _("All open"),
    "shared": _("Shared with me"),
    "snoozed": _("Snoozed"),
    "closed": pgettext_lazy("list of tickets", "Closed"),
    "all": _("All tickets"),
}
#: The orders a list can be read in: by how well it fits only what was searched for, by promises only what is open.
SORTS = {
    "best": _("Best first"),
    "deadline": _("By deadline"),
    "newest": _("Latest message first"),
    "oldest": _("Oldest message first"),
    "opened-newest": _("Newest ticket first"),
    "opened-oldest": _("Oldest ticket first"),
    "priority": _("By priority"),
    "waking": _("Who wakes first"),
}
SORT_COOKIE = "desk_sort"
_PRIORITIES = {str(number): number for number in Priority.values}


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
    filters: tuple = ()
    sort: str = ""
    saved: int | None = None

    @classmethod
    def read(cls, query, departments=(), types=(), *, view=DEFAULT_VIEW, fields=(), kept="", saved=None):
        """From an address. `departments`, `types` and `fields`: those this person may see, so that others cannot be asked for;
        `view`: where they begin; `kept`: the cookie with the order they chose for each list; `saved`: the id of the view it came from."""
        words = clean_line(_with_tag(query.get("q", ""), query.get("tag", "")), searching.LIMIT)
        wanted = query.get("view", "")
        since, since_typed, since_error = _day(clean_line(query.get("since", ""), 40))
        view = wanted if wanted in VIEWS else "all" if words else view
        return cls(
            view=view,
            sort=_sort(view, words, query.get("sort", ""), kept),
            department=_one_of(departments, query.get("department")),
            priority=_PRIORITIES.get(query.get("priority", "")),
            request_type=_one_of(types, query.get("type")),
            words=words,
            since=since,
            since_typed=since_typed,
            since_error=since_error,
            fields=tuple((field.key, query[name_of(field)]) for field in fields if query.get(name_of(field)) in answers_of(field)),
            filters=read_filters(query),
            saved=saved,
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
            **dict(self.filters),
            "sort": self.sort,
            "saved": self.saved,
        }
        return {name: value for name, value in given.items() if value}

    @property
    def asked(self):
        """The same as it is kept in a view: words only, and nothing of where it came from."""
        return {name: str(value) for name, value in self.given.items() if name != "saved"}

    def without(self, name):
        """The same list without this filter."""
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] != name))

    def narrowed_to(self, name, value):
        """The same list, narrowed to this value of a filter."""
        return replace(self, filters=read_filters({**dict(self.filters), name: value}))

    @property
    def query(self):
        """The address of this list, without a place in it."""
        return "?" + urlencode(self.given)

    def with_words(self, words):
        """The same list, narrowed by other words."""
        return replace(self, words=words)

    @property
    def page_query(self):
        """The address of its pages. It names the order, because a place in one order is none in another."""
        return replace(self, sort="" if self.order == "best" else self.order).query

    @property
    def everywhere(self):
        """The same words, looked for in all tickets."""
        return Choice(view="all", words=self.words)

    @property
    def is_narrowed_besides(self):
        """Whether it is narrowed by more than words."""
        return replace(self, words="").is_narrowed

    @property
    def is_narrowed(self):
        return bool(self.department or self.priority or self.request_type or self.words or self.since_typed or self.fields or self.filters)

    @property
    def sorts(self):
        """{key: words} of the orders this list can be read in."""
        return {key: SORTS[key] for key in sorts_of(self.view, self.words)}

    @property
    def order(self):
        """The key of the order it is read in."""
        return self.sort or ("best" if self.words else usual_sort(self.view))

    @property
    def has_promises(self):
        """Whether it is read by what was promised."""
        return self.order == "deadline"

    @property
    def department_alone(self):
        """The id of the department whose open tickets it lists, narrowed by nothing else; None for other lists."""
        return self.department if replace(self, sort="") == Choice("open", self.department) else None

    @property
    def key(self):
        """What this list is called where somebody keeps how they want to see it."""
        if self.saved:
            return f"view-{self.saved}"
        return f"department-{self.department}" if self.view == "open" and self.department else self.view


def _one_of(rows, typed):
    """The id that was asked for, where it is one of theirs."""
    return next((row.pk for row in rows if str(row.pk) == typed), None) if typed else None


def _with_tag(words, tag):
    """A tag that was chosen is one more word of the search, which knows who may read it."""
    tag = clean_line(tag, 60).replace('"', "")
    return f'{words} tag:"{tag}"'.strip() if tag else words


def is_open(view):
    """Whether everything in the list is open and awake, so that its order may be that of promises."""
    return view not in {"closed", "all", "shared", "snoozed"}


def sorts_of(view, words):
    """The keys of the orders in which a list, or what was searched for in it, can be read."""
    if view == "snoozed" and not words:
        return ["waking"]
    return (
        ["best", "opened-newest"]
        if words
        else [key for key in SORTS if key not in {"best", "waking"} and (key != "deadline" or is_open(view))]
    )


def usual_sort(view):
    """Lists of what is open are ordered by what was promised, that of sleeping ones by who wakes first; the others newest first."""
    if view == "snoozed":
        return "waking"
    return "deadline" if is_open(view) else "newest"


def _sort(view, words, asked, kept):
    """The order that was asked for or, without one, kept for this list; empty for its usual one."""
    before = dict(pair.split(":", 1) for pair in kept[:200].split(".") if ":" in pair)
    if words:
        return "opened-newest" if asked == "opened-newest" else ""
    allowed = sorts_of(view, words)
    sort = asked if asked in allowed else before.get(view, "")
    return sort if sort in allowed and (sort != usual_sort(view) or asked == sort) else ""


def kept_sorts(choice, kept):
    """The cookie with the order of this list as it is now."""
    before = dict(pair.split(":", 1) for pair in kept[:200].split(".") if ":" in pair)
    sorts = {view: sort for view, sort in {**before, choice.view: choice.sort}.items() if view in VIEWS and sort in SORTS}
    return ".".join(f"{view}:{sort}" for view, sort in sorts.items() if sort != usual_sort(view))


def fields_of_lists():
    """Fields that lists have a use for: to be shown in their rows, or to narrow them."""
    return Field.objects.kept().filter(Q(kind__in=FROM_A_LIST) | Q(in_lists=True)).exclude(place=FieldPlace.CUSTOMER)


def fields_for_lists(user):
    """Those of them that this person may see. One query."""
    fields = fields_of_lists().for_reader(user) if getattr(user, "seen_by", None) else _fields_for(reader=user.pk)
    return [field for field in fields if field.is_open]


@Prepared
def _fields_for(reader):
    return fields_of_lists().for_reader(get_user_model()(pk=reader))


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


def last_query(request):
    """The address of that list, as it was."""
    query = QueryDict(request.COOKIES.get(LIST_COOKIE, "")[:2000]).urlencode()
    return f"?{query}" if query else ""


def _day(typed):
    """What was typed as a day, in either calendar: (the day or None, how to show it again, what is wrong with it)."""
    try:
        day = JalaliDateField(required=False, earliest=EARLIEST_DAY, latest=reader_today()).clean(typed)
    except ValidationError as error:
        return None, typed, " ".join(error.messages)
    return day, format_moment(day, "day_numeric") if day else "", ""
