"""What a list can be narrowed to besides department, priority, type and words: each has a name in the address, its choices and its condition.

Values are short and neutral (me, u12, late); damaged ones count as not given. Names are only told of what the reader comes across
anyway: statuses they see, colleagues who see tickets in one of their departments.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from common.kept import kept
from common.moments import current_reader
from common.numbers import format_number
from notifications.models import Delivery
from permissions.models import ROWS
from permissions.rights import DepartmentRight
from permissions.sight import Sight
from statuses.models import Status, StatusKind
from tickets.choices import Source
from tickets.models import ReadMark, Watch
from tickets.search.operators import Narrowing

MOST_NAMED = 300

DUE = {
    "late": pgettext_lazy("deadline", "late"),
    "today": pgettext_lazy("deadline", "until tonight"),
    "week": pgettext_lazy("deadline", "within 7 days"),
    "none": pgettext_lazy("deadline", "nothing promised"),
}
WAITING = {
    "4h": (timedelta(hours=4), gettext_lazy("more than 4 hours")),
    "1d": (timedelta(days=1), gettext_lazy("more than a day")),
    "3d": (timedelta(days=3), gettext_lazy("more than 3 days")),
    "7d": (timedelta(days=7), gettext_lazy("more than a week")),
}
RATINGS = {"good": Q(rating__gte=4), "bad": Q(rating__lte=2), **{str(score): Q(rating=score) for score in range(1, 6)}}
YES = {"1": True}


@dataclass(frozen=True)
class Filter:
    """`label`: what it is called; `is_switch`: it is asked for or not, and its label says all."""

    name: str
    label: object
    is_switch: bool = False


FILTERS = [
    Filter("assignee", gettext_lazy("Assignee")),
    Filter("kind", gettext_lazy("Whose turn")),
    Filter("status", gettext_lazy("Status")),
    Filter("due", gettext_lazy("Answer promised")),
    Filter("waiting", gettext_lazy("Customer waits")),
    Filter("source", gettext_lazy("Came by")),
    Filter("rating", gettext_lazy("Rating")),
    Filter("unread", gettext_lazy("Unread by me"), is_switch=True),
    Filter("watched", gettext_lazy("Watched by me"), is_switch=True),
    Filter("files", gettext_lazy("With files"), is_switch=True),
    Filter("failed", gettext_lazy("A message did not arrive"), is_switch=True),
]
BY_NAME = {each.name: each for each in FILTERS}


def read_filters(query):
    """((name, value), …) of an address, as far as they are values there can be."""
    return tuple((each.name, value) for each in FILTERS if (value := query.get(each.name, "")) and _may_be(each.name, value))


def _may_be(name, value):
    if name == "assignee":
        return value in {"me", "nobody"} or (value[:1] in {"u", "t"} and _is_id(value[1:]))
    if name == "status":
        return _is_id(value)
    known = {"kind": StatusKind.values, "due": DUE, "waiting": WAITING, "source": Source.values, "rating": RATINGS}
    return value in known.get(name, YES)


def _is_id(text):
    return text.isascii() and text.isdigit() and len(text) < 10


def narrowings_of(filters, seer):
    """What these filters mean for this person (or their Sight)."""
    return [_MEANINGS[name](value, seer) for name, value in filters]


def statuses_there_are():
    """{id: status} of all workflows, retired ones too."""
    return kept(("all statuses",), lambda: {status.pk: status for status in Status.objects.order_by("workflow", "position", "pk")})


def _assignee(value, seer):
    if value == "nobody":
        return Narrowing(Q(assignee=None, team=None))
    if value == "me":
        user = seer.user if isinstance(seer, Sight) else seer
        teams = sorted(seer.teams) if isinstance(seer, Sight) else user.groups.values("pk")
        return Narrowing(Q(assignee=user.pk) | Q(team__in=teams), leaves_few=True)
    return Narrowing(Q(**{"assignee" if value[0] == "u" else "team": int(value[1:])}), leaves_few=True)


def _kind(value, seer):
    return _in_statuses(frozenset(pk for pk, status in statuses_there_are().items() if status.kind == value))


def _in_statuses(ids):
    return Narrowing(Q(status__in=sorted(ids)), statuses=ids)


def _due(value, seer):
    now = timezone.now()
    if value == "none":
        return Narrowing(Q(answer_due_at=None))
    ends = {"late": now, "today": _midnight(now, 1), "week": _midnight(now, 8)}
    return Narrowing(Q(answer_due_at__lt=ends[value]))


def _midnight(now, days):
    local = now.astimezone(current_reader().zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return local + timedelta(days=days)


def _unread(value, seer):
    user = seer.user if isinstance(seer, Sight) else seer
    seen = ReadMark.objects.filter(ticket=OuterRef("pk"), user=user, read_at__gte=OuterRef("last_message_at"))
    return Narrowing(~Q(Exists(seen)))


def _watched(value, seer):
    user = seer.user if isinstance(seer, Sight) else seer
    return Narrowing(Q(pk__in=Watch.objects.filter(user=user).values("ticket")), leaves_few=True)


_MEANINGS = {
    "assignee": _assignee,
    "kind": _kind,
    "status": lambda value, seer: _in_statuses(frozenset([int(value)])),
    "due": _due,
    "waiting": lambda value, seer: Narrowing(Q(waiting_since__lt=timezone.now() - WAITING[value][0])),
    "source": lambda value, seer: Narrowing(Q(source=value)),
    "rating": lambda value, seer: Narrowing(RATINGS[value], leaves_few=True),
    "unread": _unread,
    "watched": _watched,
    "files": lambda value, seer: Narrowing(Q(has_files=True)),
    "failed": lambda value, seer: Narrowing(Q(pk__in=Delivery.objects.to_deal_with().values("ticket")), leaves_few=True),
}


# --- In words -----------------------------------------------------------------------------------------------
def colleagues_in(departments):
    """(people, teams): querysets of those who were given the right to see tickets in one of these departments."""
    of_person, of_team = (
        rows.objects.running().filter(permission__codename=DepartmentRight.VIEW, content_object__in=departments).order_by()
        for rows in ROWS["department"]
    )
    teams = Group.objects.filter(pk__in=of_team.values("group")).order_by("name", "pk")
    people = get_user_model().objects.staff()
    return people.filter(Q(pk__in=of_person.values("user")) | Q(pk__in=_members_of(teams))), teams


def _members_of(teams):
    return get_user_model().groups.through.objects.filter(group__in=teams.order_by().values("pk")).values("user")


def words_of(name, value, sight):
    """A value as its reader may know it. One query for a colleague or a team, none for all others."""
    if name == "assignee":
        return {"me": pgettext("assignee", "me"), "nobody": pgettext("assignee", "nobody")}.get(value) or _name_of(value, sight)
    if name == "status":
        status = statuses_there_are().get(int(value)) if int(value) in sight.statuses else None
        return str(status.name) if status else pgettext("of a filter", "unknown")
    if name == "rating":
        return rating_words(value)
    if name == "waiting":
        return str(WAITING[value][1])
    labels = {"kind": dict(StatusKind.choices), "source": dict(Source.choices), "due": DUE}
    return str(labels[name][value])


def rating_words(value):
    if value == "good":
        return _("4 or 5")
    if value == "bad":
        return _("1 or 2")
    return _("%(score)s of 5") % {"score": format_number(int(value))}


def _name_of(value, sight):
    people, teams = colleagues_in(sorted(sight.departments))
    found = (people if value[0] == "u" else teams).filter(pk=int(value[1:])).first()
    return str(found) if found else pgettext("of a filter", "unknown")


def options_of(sight):
    """[(filter, [(value, words)])] for the panel of filters. Two queries, for colleagues and teams."""
    people, teams = colleagues_in(sorted(sight.departments))
    colleagues = [("me", pgettext("assignee", "me")), ("nobody", pgettext("assignee", "nobody"))]
    colleagues += [(f"t{team.pk}", _("Team %(name)s") % {"name": team.name}) for team in teams[:MOST_NAMED]]
    colleagues += [(f"u{person.pk}", str(person)) for person in people[:MOST_NAMED] if person.pk != sight.user.pk]
    statuses = [
        (str(pk), str(status.name)) for pk, status in statuses_there_are().items() if pk in sight.statuses and not status.archived_at
    ]
    given = {
        "assignee": colleagues,
        "kind": StatusKind.choices,
        "status": statuses,
        "due": list(DUE.items()),
        "waiting": [(value, words) for value, (_span, words) in WAITING.items()],
        "source": Source.choices,
        "rating": [(value, rating_words(value)) for value in RATINGS],
    }
    return [(each, given.get(each.name, [])) for each in FILTERS]
