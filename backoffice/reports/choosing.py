"""What somebody asked a report for: which days, whose ratings. Damaged and foreign values count as not given."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import Language
from backoffice.customers.lists import Day
from backoffice.tickets.narrowings import MOST_NAMED, colleagues_in
from common.kept import kept
from common.moments import reader_today
from departments.models import Department
from departments.request_types import types_to_choose_from
from permissions.rights import StoreRight
from reports.periods import DAY, LONGEST, OWN, PERIODS, STEPS, USUAL, period_of
from reports.scope import Scope, stores_with_reports
from stores.models import Store
from tickets.models import Tag

#: What narrows a report, by its name in the address.
NARROWING = ("store", "department", "person", "team", "language", "type", "tag")
MOST_TAGS = 200


@dataclass(frozen=True)
class Choice:
    """`narrowed`: pairs of a name of NARROWING and its value; `day`: in the period, or its last one; `by`: the step that was asked for."""

    key: str = USUAL
    day: date | None = None
    since: Day = Day()
    until: Day = Day()
    by: str = ""
    narrowed: tuple = ()

    @classmethod
    def read(cls, query, sight):
        key = query.get("period") if query.get("period") in PERIODS else USUAL
        day = Day.read(query.get("day", "")).day
        narrowed = tuple((name, value) for name in NARROWING if (value := _read(name, query.get(name, ""), sight)))
        by = query.get("by") if query.get("by") in STEPS else ""
        if key != OWN:
            return cls(key, day, by=by, narrowed=narrowed)
        today = reader_today()
        since, until = (Day.read(query.get(name) or usual.isoformat()) for name, usual in (("since", today - 29 * DAY), ("until", today)))
        return cls(key, day, since, _checked(since, until), by, narrowed)

    @cached_property
    def period(self):
        if self.key == OWN and self.since.day and self.until.day and not self.until.error:
            return period_of(OWN, first=self.since.day, last=self.until.day)
        return period_of(self.key, self.day)

    @property
    def step(self):
        return self.period.step(self.by)

    @property
    def given(self):
        """What was asked for, by the names of the inputs."""
        days = {"since": self.since.typed, "until": self.until.typed} if self.key == OWN else {"day": self.day and self.day.isoformat()}
        given = {"period": "" if self.key == USUAL else self.key, **days, "by": self.by, **dict(self.narrowed)}
        return {name: str(value) for name, value in given.items() if value}

    @property
    def lasting(self):
        """The same with its days written out, so that it means tomorrow what it means today."""
        given = self.given | {"period": self.key}
        if self.key == OWN:
            return given | {"since": self.period.span.first.isoformat(), "until": self.period.span.last.isoformat()}
        return given | {"day": (self.day or reader_today()).isoformat()}

    def address(self, name, *args, without=(), **more):
        """The address of a page of reports about the same, with `more`."""
        given = {key: value for key, value in self.given.items() if key not in without}
        given |= {key: str(value) for key, value in more.items() if value not in {None, ""}}
        return reverse(f"backoffice:{name}", args=args) + ("?" + urlencode(given) if given else "")

    def at(self, day):
        return replace(self, day=day)

    @property
    def is_narrowed(self):
        return bool(self.narrowed)

    def scope(self, sight, **more):
        """Whose ratings these are, for the reader. `more`: what the page itself narrows to."""
        narrowed = {"request_type" if name == "type" else name: value for name, value in self.narrowed}
        return Scope.of(sight, **(narrowed | more))


def _read(name, text, sight):
    if name == "language":
        return text if text in Language.values else ""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return ""
    number = int(text)
    if name == "store":
        return number if number in stores_with_reports(sight) else ""
    if name == "department":
        return number if number in sight.departments else ""
    if name == "type":
        return number if number in {each.pk for each in types_to_choose_from()} else ""
    return number


def _checked(since, until):
    if since.day and until.day and since.day > until.day:
        return replace(until, error=_("The last day is before the first one."))
    if since.day and until.day and (until.day - since.day).days >= LONGEST:
        return replace(until, error=_("A report is about three years at most."))
    return until


def department_names():
    """{id: name} of all departments, closed ones too: ratings of old stay where they were given."""
    return kept(("names of departments",), lambda: {each.pk: each.name for each in Department.objects.all()})


def _stores():
    return kept(("names of stores",), lambda: {each.pk: str(each.name) for each in Store.objects.order_by("name", "pk")})


def menus(choice, sight):
    """What stands above a report: (name of the input, what it is about, words for nothing chosen, [(value, words)], the chosen value)."""
    stores = {pk: name for pk, name in _stores().items() if pk in stores_with_reports(sight)}
    names = department_names()
    active = kept(("departments of reports",), lambda: [each.pk for each in Department.objects.active()])
    people, teams = colleagues_in(sorted(sight.departments))
    # A tag can be somebody's name, too.
    tags = Tag.objects.filter(store__in=sorted(set(stores) & sight.places_with(StoreRight.VIEW_CUSTOMERS))).by_name()[:MOST_TAGS]
    found = [
        ("store", _("Store"), _("Every store"), list(stores.items()) if len(stores) > 1 else []),
        ("department", _("Department"), _("Every department"), [(pk, str(names[pk])) for pk in active if pk in sight.departments]),
        ("team", _("Team"), _("Every team"), [(team.pk, team.name) for team in teams[:MOST_NAMED]]),
        ("person", _("Person"), _("Everybody"), [(person.pk, str(person)) for person in people[:MOST_NAMED]]),
        ("language", _("Language"), _("Every language"), Language.choices),
        ("type", _("Request type"), _("Any request type"), [(each.pk, str(each.name)) for each in types_to_choose_from()]),
        ("tag", _("Tag"), _("Any tag"), [(tag.pk, tag.name) for tag in tags]),
    ]
    chosen = dict(choice.narrowed)
    return [(name, about, nothing, options, chosen.get(name, "")) for name, about, nothing, options in found if options or chosen.get(name)]
