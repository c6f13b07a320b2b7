"""The list one looks at, as a file for spreadsheets: what its reader may see, covered as on the page, and no secret ever."""

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.choices import Deed
from audit.log import note
from backoffice.doors import require
from backoffice.tickets.listing import tickets_in
from backoffice.tickets.lists import Choice, fields_for_lists
from common.csv_export import BOM, csv_text
from common.limits import limit_or_refuse
from common.moments import current_reader, format_moment, reader_today, reading_as
from common.numbers import format_number
from common.paging import Section, page_of
from custom_fields.kinds import kind_of
from custom_fields.models import Field, FieldKind, FieldPlace
from permissions.querysets import departments_where
from permissions.rights import DepartmentRight
from tickets.covering import cover_ticket, known_stores
from tickets.models import FieldValue, Ticket

MOST = 20_000
AT_ONCE = 500
LONGEST_CELL = 5_000
FILES_AN_HOUR = 20


@require_POST
def tickets_file(request):
    """The newest MOST tickets of the list in the address. The audit log keeps that it left, before the first byte does."""
    require(not request.viewer, _("Looking as a colleague, nothing can be exported."))
    require(Ticket.objects.visible_to(request.user).exists(), _("There is no ticket that you may see."))
    limit_or_refuse(f"tickets file:{request.user.pk}", FILES_AN_HOUR, 3600)
    user = request.user
    departments = list(departments_where(user, DepartmentRight.VIEW).active())
    choice = Choice.read(request.POST, departments, fields=fields_for_lists(user))
    known = known_stores(user)
    tickets = tickets_in(choice, user, known_stores=known).select_related("customer", "assignee", "team", "status", "department", "store")
    number = min(tickets[: MOST + 1].count(), MOST + 1)
    note(Deed.EXPORTED, by=user, after={"what": "tickets", "lines": min(number, MOST), "chosen:list": choice.given})
    pieces = _pieces(tickets.defer("search_text", "search_names"), user, known, current_reader(), is_cut=number > MOST)
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="tickets-{reader_today().isoformat()}.csv"'
    response.headers["Cache-Control"] = "no-store, private"
    return response


def fields_to_export(user):
    """The columns: fields of tickets and actions that this person may see."""
    fields = Field.objects.exclude(kind__in=[FieldKind.SECRET, FieldKind.FILE]).exclude(place=FieldPlace.CUSTOMER).for_reader(user)
    return [field for field in fields.order_by("position", "pk") if field.is_open]


async def _pieces(tickets, user, known, reader, *, is_cut):
    """Some hundred tickets at a time, each piece read where the last one ended."""
    section = Section("tickets", tickets, "-last_message_at")
    fields = await sync_to_async(fields_to_export)(user)
    after, left, first = "", MOST, True
    while first or after:
        piece, after = await sync_to_async(_piece)(section, fields, known, reader, after, min(left, AT_ONCE), first)
        yield piece
        left, first = left - AT_ONCE, False
        after = after if left > 0 else ""
    if is_cut:
        yield await sync_to_async(_end)(reader)


def _piece(section, fields, known, reader, after, size, is_first):
    with _reading_again(reader):
        page = page_of([section], size=size, after=after)
        values = _values_of(page.rows, fields)
        rows = [_row(cover_ticket(ticket, known.mask(ticket)), fields, values.get(ticket.pk, {})) for ticket in page.rows]
        head = BOM + csv_text([_head(fields)]) if is_first else ""
        return (head + csv_text(rows)).encode(), page.after


def _values_of(tickets, fields):
    """{ticket id: {field id: [rows]}}"""
    values = {}
    rows = FieldValue.objects.filter(ticket__in=[ticket.pk for ticket in tickets], field__in=[field.pk for field in fields])
    for row in rows.defer("secret").select_related("field").order_by("pk"):
        values.setdefault(row.ticket_id, {}).setdefault(row.field_id, []).append(row)
    return values


def _end(reader):
    with _reading_again(reader):
        words = _("These are the newest %(number)s tickets. There are more: narrow the list.") % {"number": format_number(MOST)}
        return csv_text([[words]]).encode()


def _reading_again(reader):
    """The page's reader again: by now the request is over for everybody else."""
    return reading_as(language=reader.language, calendar=reader.calendar, time_zone=reader.time_zone)


def _head(fields):
    first = [_("Number"), _("Subject"), _("Customer"), _("Status"), _("Department"), _("Assignee"), _("Priority")]
    return [*first, _("Opened"), _("Last message"), _("Closed at"), _("Rating"), *(str(field.label) for field in fields)]


def _row(ticket, fields, values):
    return [
        ticket.number,
        ticket.subject,
        str(ticket.customer),
        str(ticket.status),
        str(ticket.department.name),
        str(ticket.assignee or ticket.team or ""),
        ticket.get_priority_display(),
        *(format_moment(moment, "machine") for moment in (ticket.created_at, ticket.last_message_at, ticket.closed_at)),
        ticket.rating,
        *(_cell(field, values.get(field.pk), ticket.mask) for field in fields),
    ]


def _cell(field, rows, mask):
    if not rows:
        return ""
    cell = kind_of(field).cell(field, kind_of(field).read(rows))
    return mask.text(cell)[:LONGEST_CELL] if isinstance(cell, str) else cell
