"""How much waits where: the numbers beside the lists. Counted up to a limit, all in one query, only when a page shows them."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, IntegerField, Subquery
from django.utils.translation import gettext as _

from backoffice.notices.reading import unread_notices
from common.numbers import format_number
from permissions.emergency import running_emergencies
from permissions.querysets import departments_where, may_hold_rights, stores_where
from permissions.rights import DepartmentRight, StoreRight
from tickets.models import Ticket

LIMIT = 1000


class CappedCount(Subquery):
    """How many rows there are, looking at no more than LIMIT + 1 of them."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows):
        super().__init__(rows.order_by().values("pk")[: LIMIT + 1])


def amount(number):
    """A number, or words that say where counting stopped: 1,000+."""
    return _("%(number)s+") % {"number": format_number(LIMIT)} if number > LIMIT else number


def desk_counts(user, departments=()):
    """mine, unassigned, unread, open, shared and notices, and for each of these departments its open tickets under its id.

    Beside the numbers `sees_customers`, `may_delete`, `may_set_up`, `may_grant`, `reads_audit` and `may_take_emergency`: whether
    there is a way to them, to deleted tickets, to the settings, to the rights, to the log, to emergency access. And `emergency`:
    the emergency access that ends first (until, id and name of the department), or None.
    """
    seen = Ticket.objects.visible_to(user)
    visible = seen.still_open()
    rows = {
        "mine": visible.given_to(user),
        "unassigned": visible.unassigned(),
        "unread": visible.unread_by(user),
        "open": visible,
        "shared": seen.shared_with(user),
        "notices": unread_notices(user),
        **{f"department_{department.pk}": visible.filter(department=department) for department in departments},
    }
    facts = {name: CappedCount(tickets) for name, tickets in rows.items()}
    facts["sees_customers"] = Exists(stores_where(user, StoreRight.VIEW_CUSTOMERS))
    facts["reads_audit"] = Exists(stores_where(user, StoreRight.VIEW_AUDIT))
    facts["may_delete"] = Exists(departments_where(user, DepartmentRight.DELETE))
    facts["may_take_emergency"] = Exists(stores_where(user, StoreRight.TAKE_EMERGENCY))
    facts["may_set_up"] = Exists(stores_where(user, StoreRight.CHANGE_SETTINGS))
    facts["may_grant"] = Exists(stores_where(user, StoreRight.GRANT_RIGHTS))
    emergency = running_emergencies(user=user).order_by("ends_at", "pk")
    for name, field in (("until", "ends_at"), ("department", "content_object"), ("name", "content_object__name")):
        facts[f"emergency_{name}"] = Subquery(emergency.values(field)[:1])
    counted = get_user_model().objects.filter(pk=user.pk).values(**facts).get()
    counted["may_grant"] = counted["may_grant"] or (may_hold_rights(user) and user.is_superuser)
    emergency = {name: counted.pop(f"emergency_{name}") for name in ("until", "department", "name")}
    return {"emergency": emergency if emergency["until"] else None} | {
        name.removeprefix("department_"): amount(number) for name, number in counted.items()
    }
