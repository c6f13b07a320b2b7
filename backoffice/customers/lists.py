"""The list of customers: whom somebody asked for, and in which order.

What customers' tickets say (open ones, last message, rating, department) is filtered by within rights. Who sees every ticket is
answered by the customer's own row. For others each condition is asked of the tickets they see; the row, which knows of more, only
spares look-ups where it says that there is nothing to be found. An order would tell of tickets without asking for them, so the one by
last message is there only for who sees every ticket.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import JalaliDateField
from common.moments import current_reader, format_moment, reader_today
from common.paging import Section
from common.text import clean_line
from custom_fields.forms import PREFIX, name_of
from custom_fields.kinds import FROM_A_LIST, kind_of
from custom_fields.models import CustomerValue, Field
from customers.blocking import blocked_now
from customers.finding import matching
from tickets.models import Ticket

EARLIEST_DAY = date(2000, 1, 1)
YES, NO = "yes", "no"

SORTS = {"name": _("By name"), "newest": _("Newest first"), "message": _("By last message")}
#: {what can be chosen: {key: words}}. Each stands in the address under its name.
CHOICES = {
    "open": {YES: _("With open tickets"), NO: _("Without open tickets")},
    "tickets": {"1": _("1 ticket or more"), "2": _("2 tickets or more"), "5": _("5 tickets or more"), "10": _("10 tickets or more")},
    "rating": {
        "low": _("Last rating: bad (1 or 2)"),
        "middle": _("Last rating: so-so (3)"),
        "high": _("Last rating: good (4 or 5)"),
        "none": _("Never rated"),
    },
    "language": dict(Language.choices),
    "account": {YES: _("With an account"), NO: _("Without an account")},
    "company": {YES: _("With a company"), NO: _("Without a company")},
    "standing": {"blocked": _("Blocked now"), "warned": _("With a warning")},
}
LABELS = {
    "open": _("Open tickets: any"),
    "tickets": _("Any number of tickets"),
    "rating": _("Any rating"),
    "language": _("Any language"),
    "account": _("Account: any"),
    "company": _("Company: any"),
    "standing": _("Blocks and warnings: any"),
}
RATINGS = {"low": (1, 2), "middle": (3,), "high": (4, 5)}


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

    @property
    def midnight(self):
        return datetime.combine(self.day, time.min, current_reader().zone)


@dataclass(frozen=True)
class CustomerChoice:
    """What somebody asked the list for. Damaged and foreign values count as not given.

    `chosen`: pairs of a name of CHOICES and a key. `since`, `before`: when one of their tickets last had a message, that day included
    and not included.
    """

    words: str = ""
    sort: str = "name"
    chosen: tuple = ()
    department: int | None = None
    since: Day = Day()
    before: Day = Day()
    fields: tuple = ()

    @classmethod
    def read(cls, query, departments=(), fields=(), *, sorts=SORTS):
        """From an address. `departments`, `fields`, `sorts`: those this person may ask for."""
        return cls(
            words=clean_line(query.get("q", ""), 200),
            sort=query.get("sort") if query.get("sort") in sorts else "name",
            chosen=tuple((name, query[name]) for name, keys in CHOICES.items() if query.get(name) in keys),
            department={str(each.pk): each.pk for each in departments}.get(query.get("department", "")),
            since=Day.read(query.get("since", "")),
            before=Day.read(query.get("before_day", "")),
            fields=tuple((field.key, query[name_of(field)]) for field in fields if query.get(name_of(field)) in answers_of(field)),
        )

    @property
    def given(self):
        """What was asked for, by the names of the inputs."""
        days = {"since": self.since.day, "before_day": self.before.day}
        given = {"q": self.words, **dict(self.chosen), "department": self.department}
        given |= {name: day and day.isoformat() for name, day in days.items()}
        given |= {f"{PREFIX}{key}": answer for key, answer in self.fields}
        given["sort"] = "" if self.sort == "name" else self.sort
        return {name: str(value) for name, value in given.items() if value}

    @property
    def query(self):
        return "?" + urlencode(self.given)

    @property
    def is_narrowed(self):
        return bool(set(self.given) - {"sort"} or self.since.error or self.before.error)


def answers_of(field):
    """{key: words} of what the list can be narrowed to."""
    return {str(key): str(words) for key, words in kind_of(field).options(field)}


def fields_for_customers(user):
    """Fields about customers that are chosen from a list, and that this person may see."""
    return [field for field in Field.objects.of_customers().filter(kind__in=FROM_A_LIST).for_reader(user) if field.is_open]


def sorts_for(*, sees_all):
    return SORTS if sees_all else {name: words for name, words in SORTS.items() if name != "message"}


def customers_in(choice, user, visible, *, sees_all):
    """The customers of this list, in no order yet, among those `visible` to this person."""
    customers = matching(visible, choice.words)
    chosen = dict(choice.chosen)
    if "language" in chosen:
        customers = customers.filter(language=chosen["language"])
    if "account" in chosen:
        customers = customers.filter(user__isnull=chosen["account"] == NO)
    if "company" in chosen:
        customers = customers.filter(company="") if chosen["company"] == NO else customers.exclude(company="")
    if chosen.get("standing") == "blocked":
        customers = customers.filter(blocked_now())
    if chosen.get("standing") == "warned":
        customers = customers.filter(has_warning=True)
    for key, answer in choice.fields:
        customers = customers.filter(Exists(CustomerValue.objects.filter(customer=OuterRef("pk"), field__key=key, option=answer)))
    if choice.department:
        customers = customers.filter(Exists(_theirs(user).filter(department=choice.department)))
    return (_by_row if sees_all else _by_seen_tickets)(customers, choice, chosen, user)


def _theirs(user):
    """A customer's tickets, as far as this person sees them."""
    return Ticket.objects.visible_to(user).unmerged().filter(customer=OuterRef("pk")).order_by()


def _by_row(customers, choice, chosen, user):
    if "open" in chosen:
        customers = customers.filter(open_tickets__gt=0) if chosen["open"] == YES else customers.filter(open_tickets=0)
    if "tickets" in chosen:
        customers = customers.filter(tickets_count__gte=int(chosen["tickets"]))
    if choice.since.day:
        customers = customers.filter(last_message_at__gte=choice.since.midnight)
    if choice.before.day:
        customers = customers.filter(last_message_at__lt=choice.before.midnight)
    if chosen.get("rating") == "none":
        customers = customers.filter(last_rating=None)
    elif "rating" in chosen:
        customers = customers.filter(last_rating__in=RATINGS[chosen["rating"]])
    return customers


def _by_seen_tickets(customers, choice, chosen, user):
    """The same of the tickets this person sees. What the row says of all tickets holds for those as well: no more, no later, no rating."""
    theirs = _theirs(user)
    rated = theirs.filter(rating__isnull=False)
    if "open" in chosen:
        still_open = Exists(theirs.still_open())
        customers = customers.filter(still_open, open_tickets__gt=0) if chosen["open"] == YES else customers.exclude(still_open)
    if "tickets" in chosen:
        least = int(chosen["tickets"])
        number = Coalesce(Subquery(theirs.values("customer").annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
        customers = customers.filter(tickets_count__gte=least).alias(seen_tickets=number).filter(seen_tickets__gte=least)
    if choice.since.day:
        since = choice.since.midnight
        customers = customers.filter(Exists(theirs.filter(last_message_at__gte=since)), last_message_at__gte=since)
    if choice.before.day:
        later = Exists(theirs.filter(last_message_at__gte=choice.before.midnight))
        customers = customers.filter(Exists(theirs), ~later, tickets_count__gt=0)
    if chosen.get("rating") == "none":
        customers = customers.exclude(Exists(rated))
    elif "rating" in chosen:
        last = Subquery(rated.order_by("-last_message_at", "-pk").values("rating")[:1])
        customers = customers.filter(last_rating__isnull=False).alias(seen_rating=last).filter(seen_rating__in=RATINGS[chosen["rating"]])
    return customers


def sections_of(choice, customers):
    """The list in its order. By last message, those without any come at the end."""
    if choice.sort == "newest":
        return [Section("all", customers, "-created_at")]
    if choice.sort == "message":
        written, silent = customers.filter(last_message_at__isnull=False), customers.filter(last_message_at=None)
        return [Section("written", written, "-last_message_at"), Section("silent", silent, "-created_at")]
    return [Section("all", customers, "name")]


def facts_of(customer_ids, user):
    """{customer id: (tickets, open ones, last message, last rating)} of the tickets this person sees. Two queries for any number."""
    tickets = Ticket.objects.visible_to(user).unmerged().filter(customer__in=customer_ids).order_by()
    still_open = Count("pk", filter=Q(closed_at=None))
    rated = tickets.filter(rating__isnull=False).order_by("last_message_at", "pk")
    ratings = dict(rated.values_list("customer", "rating"))  # the last one stays
    counted = tickets.values("customer").annotate(number=Count("pk"), still_open=still_open, newest=Max("last_message_at"))
    return {row["customer"]: (row["number"], row["still_open"], row["newest"], ratings.get(row["customer"])) for row in counted}


def menus(choice):
    """What stands above the list: (name of the input, words for nothing chosen, {key: words}, the chosen key)."""
    chosen = dict(choice.chosen)
    return [(name, LABELS[name], keys, chosen.get(name, "")) for name, keys in CHOICES.items()]
