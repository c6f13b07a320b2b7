"""How much waits where: the numbers beside the lists. No page waits for them; a script asks for them when the page has been drawn."""

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, OuterRef, Subquery
from django.utils.translation import gettext as _

from backoffice.notices.reading import unread_notices
from common.numbers import format_number
from common.planned import planned_rows
from departments.models import Department
from notifications.alarms import running_in
from permissions.emergency import running_emergencies
from permissions.querysets import may_hold_rights
from permissions.rights import DepartmentRight, StoreRight
from tickets.models import Ticket, Watch

LIMIT = 1000


class CappedCount(Subquery):
    """How many rows there are, looking at no more than LIMIT + 1 of them."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows):
        super().__init__(rows.order_by().values("pk")[: LIMIT + 1])


def amount(number):
    """The number in the reader's digits, or words that say where counting stopped: 1,000+."""
    return _("%(number)s+") % {"number": format_number(LIMIT)} if number > LIMIT else format_number(number)


def counts_of(sight, besides=None):
    """{name: number}, of which no one is greater than LIMIT + 1: mine, unassigned, unread, watched, open, shared, notices, and for each
    department this person sees its open tickets under its id. Two statements. `besides`: {name: tickets}, counted in the first of them."""
    seen = Ticket.objects.visible_to(sight)
    visible = seen.still_open().awake()
    rows = {
        "mine": visible.filter(assignee=sight.user),
        "of_teams": visible.filter(team__in=sorted(sight.teams)),
        "unassigned": visible.unassigned(),
        "unread": visible.unread_by(sight.user),
        "watched": visible.filter(pk__in=Watch.objects.filter(user=sight.user).values("ticket")),
        "open": visible,
        "shared": seen.shared_with(sight),
        "notices": unread_notices(sight),
        **(besides or {}),
    }
    me = get_user_model().objects.filter(pk=sight.user.pk)
    [numbers] = planned_rows(me.values_list(*[CappedCount(found) for found in rows.values()]))
    counted = dict(zip(rows, numbers, strict=True))
    counted["mine"] = min(counted["mine"] + counted.pop("of_teams"), LIMIT + 1)  # nothing has a person and a team
    departments = Department.objects.filter(pk__in=sorted(sight.departments)).order_by()
    inside = CappedCount(visible.filter(department=OuterRef("pk")))
    return counted | {str(pk): number for pk, number in planned_rows(departments.values_list("pk", inside))}


def desk_facts(sight):
    """What the frame of the desk needs to know, without a number and without a query: which ways there are for this person.

    `alarms`: those about messages that run in stores which this person sets up.
    `emergency`: the emergency access that ends first (until, id and name of the department), or None; where one runs it is looked up.
    """
    is_superuser = may_hold_rights(sight.user) and sight.user.is_superuser
    return {
        "shared": sight.shared is None or bool(sight.shared),
        "sees_customers": bool(sight.places_with(StoreRight.VIEW_CUSTOMERS)),
        "sees_reports": bool(sight.places_with(StoreRight.VIEW_REPORTS)),
        "reads_audit": bool(sight.places_with(StoreRight.VIEW_AUDIT)),
        "may_delete": bool(sight.places_with(DepartmentRight.DELETE)),
        "may_take_emergency": bool(sight.places_with(StoreRight.TAKE_EMERGENCY)),
        "may_set_up": bool(sight.places_with(StoreRight.CHANGE_SETTINGS)),
        "may_grant": bool(sight.places_with(StoreRight.GRANT_RIGHTS)) or is_superuser,
        "alarms": running_in(sight.places_with(StoreRight.CHANGE_SETTINGS)),
        "emergency": _emergency(sight.user) if sight.has_emergency else None,
    }


def _emergency(user):
    first = running_emergencies(user=user).order_by("ends_at", "pk").first()
    return first and {"until": first.ends_at, "department": first.content_object_id, "name": first.content_object.name}
