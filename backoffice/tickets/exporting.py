"""The list one looks at, as a file: what its reader may see, covered as on the page, and no secret ever."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backoffice.doors import require
from backoffice.exports.asking import ask
from backoffice.tickets.listing import sections_in_order
from backoffice.tickets.lists import Choice, fields_for_lists
from backoffice.tickets.searching import search_of
from common.paging import page_of
from custom_fields.kinds import kind_of
from custom_fields.models import Field, FieldKind, FieldPlace
from departments.request_types import types_to_choose_from
from exports.listing import Listing
from permissions.querysets import departments_where, statuses_where
from permissions.rights import DepartmentRight, StatusRight
from permissions.sight import Sight
from tickets.covering import cover_ticket, known_stores
from tickets.models import FieldValue, Ticket

IDS_AT_ONCE = 2_000
LONGEST_CELL = 5_000


class TicketsListing(Listing):
    key = "tickets"
    title = gettext_lazy("Tickets")
    newest = gettext_lazy("These are the first %(number)s tickets.")

    @cached_property
    def choice(self):
        departments = list(departments_where(self.user, DepartmentRight.VIEW).active())
        return Choice.read(self.given, departments, types_to_choose_from(), fields=fields_for_lists(self.user))

    @property
    def chosen(self):
        return {name: str(value) for name, value in self.choice.given.items()}

    @property
    def back(self):
        return reverse("backoffice:inbox") + self.choice.query

    def is_open(self):
        return Ticket.objects.visible_to(self.user).exists()

    def rights(self):
        return rights_to_tickets(self.user) | {"stores": sorted(self.known), "fields": sorted(field.pk for field in self.fields)}

    @cached_property
    def known(self):
        return known_stores(self.user)

    @cached_property
    def fields(self):
        return fields_to_export(self.user)

    def ids(self):
        sight, after = Sight.of(self.user), ""
        sections = sections_in_order(self.choice, sight, search_of(self.choice.words, sight, self.known))
        while True:
            page = page_of(sections, size=IDS_AT_ONCE, after=after)
            yield [row.pk for row in page.rows]
            after = page.after
            if not after:
                return

    def head(self):
        first = [_("Number"), _("Subject"), _("Customer"), _("Status"), _("Department"), _("Assignee"), _("Priority")]
        return [*first, _("Opened"), _("Last message"), _("Closed at"), _("Rating"), *(str(field.label) for field in self.fields)]

    def rows(self, ids):
        people = ("customer", "assignee", "team", "status", "department", "store")
        tickets = Ticket.objects.visible_to(self.user).filter(pk__in=ids).select_related(*people)
        found = {ticket.pk: cover_ticket(ticket, self.known.mask(ticket)) for ticket in tickets}
        values = _values_of(found, self.fields)
        return [self._row(found[pk], values.get(pk, {})) for pk in ids if pk in found]

    def _row(self, ticket, values):
        return [
            ticket.number,
            ticket.subject,
            str(ticket.customer),
            str(ticket.status),
            str(ticket.department.name),
            str(ticket.assignee or ticket.team or ""),
            ticket.get_priority_display(),
            ticket.created_at,
            ticket.last_message_at,
            ticket.closed_at,
            ticket.rating,
            *(cell_of(field, values.get(field.pk), ticket.mask) for field in self.fields),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def tickets_export(request):
    """The list of the address, as a file."""
    require(not request.viewer, _("Looking as a colleague, nothing can be exported."))
    listing = TicketsListing(request.user, {name: value[:200] for name, value in request.GET.items()})
    require(listing.is_open(), _("There is no ticket that you may see."))
    return ask(request, listing)


def fields_to_export(user):
    """The columns: fields of tickets and actions that this person may see."""
    fields = Field.objects.exclude(kind__in=[FieldKind.SECRET, FieldKind.FILE]).exclude(place=FieldPlace.CUSTOMER).for_reader(user)
    return [field for field in fields.order_by("position", "pk") if field.is_open]


def cell_of(field, rows, mask):
    """What stands in a field: a number, a date, or words without what its reader may not know."""
    if not rows:
        return None
    value = kind_of(field).read(rows)
    cell = value if field.kind == FieldKind.DATE else kind_of(field).cell(field, value)
    return mask.text(cell)[:LONGEST_CELL] if isinstance(cell, str) else cell


def rights_to_tickets(user):
    """What decides which tickets this person sees."""
    return {
        "departments": _ids(departments_where(user, DepartmentRight.VIEW)),
        "statuses": _ids(statuses_where(user, StatusRight.VIEW)),
        "shared": _ids(Ticket.objects.shared_with(user)),
    }


def _ids(rows):
    return sorted(set(rows.order_by().values_list("pk", flat=True)))


def _values_of(tickets, fields):
    """{ticket id: {field id: [rows]}}"""
    values = {}
    rows = FieldValue.objects.filter(ticket__in=list(tickets), field__in=[field.pk for field in fields])
    for row in rows.defer("secret").select_related("field").order_by("pk"):
        values.setdefault(row.ticket_id, {}).setdefault(row.field_id, []).append(row)
    return values
