"""status: department: assignee: from: number: — tickets by the names of what they hang on."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from common.normaliser import tokens
from customers.finding import matching
from customers.models import Customer
from tickets.numbering import spellings_of
from tickets.search import values
from tickets.search.operators import Narrowing, listed, nothing, operator


@operator(
    "status",
    gettext_lazy("status"),
    "state",
    "وضعیت",
    "حالت",
    "stan",
    "статус",
    "состояние",
    example="status:open",
    help=pgettext_lazy("search help", "with this status, or a kind: new, open, waiting, closed"),
    either=True,
)
def by_status(searcher, value):
    """By the owner's name for it, or by what it means to us: new, open, waiting, closed."""
    kinds = values.kinds_called(value)
    exact = [status for status in searcher.statuses if values.compact(value) in map(values.compact, values.spellings(status.name))]
    found = exact + [status for status in searcher.statuses if status.kind in kinds and status not in exact]
    found = found or values.named(searcher.statuses, value)
    if not found:
        return nothing(_("No status is called “%(value)s”.") % {"value": value})
    ids = frozenset(status.pk for status in found)
    return Narrowing(Q(status__in=sorted(ids)), listed(found), statuses=ids)


@operator(
    "department",
    gettext_lazy("department"),
    "dept",
    "بخش",
    "دپارتمان",
    "واحد",
    "dział",
    "отдел",
    example="department:sales",
    help=pgettext_lazy("search help", "in one department"),
    either=True,
)
def by_department(searcher, value):
    found = values.named(searcher.departments, value)
    if not found:
        return nothing(_("No department is called “%(value)s”.") % {"value": value})
    ids = frozenset(department.pk for department in found)
    return Narrowing(Q(department__in=sorted(ids)), listed(found), departments=ids)


_ASSIGNEE = (
    "assigned",
    "مسئول",
    "مسئول‌رسیدگی",
    "پیگیر",
    "przypisane",
    "przypisany",
    "opiekun",
    "prowadzący",
    "prowadząca",
    "исполнитель",
    "ответственный",
)


@operator(
    "assignee",
    gettext_lazy("assignee"),
    *_ASSIGNEE,
    example="assignee:me",
    help=pgettext_lazy("search help", "of a colleague or a team, “me” or “nobody”"),
    either=True,
)
def by_assignee(searcher, value):
    """A colleague or a team by name, me (my teams too), nobody. Only those who have a ticket this person sees."""
    if values.means(value, values.ME):
        teams = list(searcher.user.groups.values_list("pk", flat=True))
        return Narrowing(Q(assignee=searcher.user.pk) | Q(team__in=teams), pgettext("assignee", "me"), leaves_few=True)
    if values.means(value, values.NOBODY):
        return Narrowing(Q(assignee=None, team=None), pgettext("assignee", "nobody"))
    people = values.named(get_user_model().objects.filter(is_staff=True).only("name"), value, lambda row: [row.name])
    teams = values.named(Group.objects.all(), value, lambda row: [row.name])
    people = [person for person in people[:50] if searcher.sees_any(assignee=person)]
    teams = [team for team in teams[:50] if searcher.sees_any(team=team)]
    if not people and not teams:
        return nothing(_("No ticket you see is assigned to “%(value)s”.") % {"value": value})
    condition = Q(assignee__in=[row.pk for row in people]) | Q(team__in=[row.pk for row in teams])
    return Narrowing(condition, listed([*people, *teams]), leaves_few=True)


#: Who is one of more customers than this is not found by a name alone.
_MOST_NAMED = 2000


@operator(
    "from",
    pgettext_lazy("search", "from"),
    "customer",
    "از",
    "مشتری",
    "od",
    "klient",
    "от",
    "клиент",
    example="from:smith",
    help=pgettext_lazy("search help", "of a customer: name, company, e-mail or phone"),
    either=True,
)
def by_customer(searcher, value):
    """The customer by name, company, e-mail address or phone, where this person may know customers."""
    if not searcher.known:
        return nothing(_("You cannot search by customer, because customers' names are hidden from you."))
    if not tokens(value):
        return nothing(_("No customer is called “%(value)s”.") % {"value": value})
    customers = matching(Customer.objects.all(), value).order_by().values_list("pk", flat=True)
    named = list(customers[: _MOST_NAMED + 1])
    if len(named) > _MOST_NAMED:
        return nothing(_("Too many customers are called “%(value)s”. Write more of the name, or a phone number.") % {"value": value})
    return Narrowing(Q(store__in=searcher.known, customer__in=named), value, leaves_few=True)


@operator(
    "number",
    gettext_lazy("number"),
    "ticket",
    "nr",
    "no",
    "شماره",
    "numer",
    "номер",
    example="number:48215",
    help=pgettext_lazy("search help", "by the number of the ticket"),
    either=True,
)
def by_number(searcher, value):
    return Narrowing(Q(number__in=spellings_of(values.compact(value)) + spellings_of(value.strip())), value, leaves_few=True)
