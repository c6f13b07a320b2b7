"""What somebody asked the audit log for, as it stands in the address. Damaged and foreign values count as not given."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.choices import Deed
from common.fields import JalaliDateField
from common.moments import format_moment, reader_today
from common.text import clean_line
from control.audit.words import KINDS

EARLIEST_DAY = date(2000, 1, 1)
MOST_PEOPLE = 500

#: Deeds as people look for them: the whole group, or one of it.
GROUPS = {
    "rights": (_("Rights and roles"), [Deed.GRANTED, Deed.WITHDRAWN, Deed.GRANT_ENDED, Deed.EMERGENCY, Deed.ROLE_CHANGED]),
    "people": (_("People and teams"), [Deed.PERSON_CHANGED, Deed.TEAM_CHANGED]),
    "customers": (_("Customer data"), [Deed.REVEALED, Deed.SECRET_SHOWN, Deed.CUSTOMER_CHANGED]),
    "tickets": (_("Tickets"), [Deed.TICKET_SHARED, Deed.TICKET_UNSHARED, Deed.TICKET_DELETED, Deed.TICKET_RESTORED]),
    "door": (_("Signing in and out"), [Deed.SIGNED_IN, Deed.SIGN_IN_FAILED, Deed.SIGNED_OUT]),
    "looking": (pgettext_lazy("audit log", "Refusals and looking as a colleague"), [Deed.REFUSED, Deed.VIEW_AS_BEGAN, Deed.VIEW_AS_ENDED]),
    "settings": (_("Settings and exports"), [Deed.SETTINGS_CHANGED, Deed.EXPORTED]),
}


@dataclass(frozen=True)
class Day:
    """A day as it was typed, in either calendar, and what is wrong with it."""

    day: date | None = None
    typed: str = ""
    error: str = ""

    @classmethod
    def read(cls, typed):
        typed = clean_line(typed, 40)
        try:
            day = JalaliDateField(required=False, earliest=EARLIEST_DAY, latest=reader_today()).clean(typed)
        except ValidationError as error:
            return cls(None, typed, " ".join(error.messages))
        return cls(day, format_moment(day, "day_numeric") if day else "")


@dataclass(frozen=True)
class Asked:
    """`deed`: a deed or a group of them; `kind` with or without `thing_id`: a kind of thing, or the one."""

    person: int | None = None
    deed: str = ""
    kind: str = ""
    thing_id: str = ""
    since: Day = Day()
    until: Day = Day()
    words: str = ""

    @classmethod
    def read(cls, query, people):
        """`people`: {id: name} of those that can be asked for."""
        kind, _dash, thing_id = clean_line(query.get("thing", ""), 80).partition("-")
        person, deed = query.get("person", ""), query.get("deed", "")
        return cls(
            person=next((pk for pk in people if str(pk) == person), None),
            deed=deed if deed in GROUPS or deed in Deed.values else "",
            kind=kind if kind in KINDS else "",
            thing_id=thing_id[:40] if kind in KINDS else "",
            since=Day.read(query.get("since", "")),
            until=Day.read(query.get("until", "")),
            words=clean_line(query.get("q", ""), 100),
        )

    @property
    def deeds(self):
        return GROUPS[self.deed][1] if self.deed in GROUPS else [self.deed] if self.deed else []

    @property
    def thing(self):
        return f"{self.kind}-{self.thing_id}" if self.thing_id else self.kind

    @property
    def given(self):
        """What narrows the list: {name in the address: value}."""
        days = {"since": self.since.day, "until": self.until.day}
        given = {"person": self.person, "deed": self.deed, "thing": self.thing, "q": self.words}
        return {name: str(value) for name, value in (given | days).items() if value}

    @property
    def query(self):
        return "?" + urlencode(self.given)

    @property
    def has_mistakes(self):
        return bool(self.since.error or self.until.error)

    @property
    def is_narrowed(self):
        return bool(self.given) or self.has_mistakes


def people_to_ask_for():
    """{id: name} of all who are or were staff, by name."""
    return dict(get_user_model().objects.filter(is_staff=True).order_by("name", "pk").values_list("pk", "name")[:MOST_PEOPLE])


def deeds_to_ask_for():
    """(key, words, [(deed, words)]) of every group."""
    return [(key, words, [(deed.value, deed.label) for deed in deeds]) for key, (words, deeds) in GROUPS.items()]
