"""The inbox: what is asked for, the page of it, and the frame around it, in the layout that its reader chose for this list."""

from django.conf import settings
from django.urls import reverse
from django.views.decorators.http import require_safe

from backoffice.pages import desk_page, sight_of
from backoffice.tickets import searching
from backoffice.tickets.board import board_of
from backoffice.tickets.columns import columns_chosen
from backoffice.tickets.listing import inbox_page
from backoffice.tickets.lists import (
    DEFAULT_VIEW,
    LIST_COOKIE,
    SORT_COOKIE,
    Choice,
    fields_for_lists,
    fields_of_lists,
    kept_sorts,
    narrowing,
)
from backoffice.tickets.narrowings import BY_NAME, words_of
from backoffice.tickets.panel import panel_of, query_of
from backoffice.tickets.rows import dress
from common.kept import kept
from departments.models import Department
from departments.request_types import types_to_choose_from
from permissions.querysets import people_who_grant
from permissions.rights import DepartmentRight
from tickets.choices import Priority
from tickets.covering import known_stores
from tickets.models import Ticket
from tickets.models.saved_view import Layout

YEAR = 365 * 24 * 3600
_PRIORITIES = dict(Priority.choices)
_ICONS = {Layout.COMFORTABLE: "view-stacked", Layout.DENSE: "list-ul", Layout.BOARD: "kanban"}
_LAYOUTS = [(key, label, _ICONS[key]) for key, label in Layout.choices]
#: What an address may name besides a view without narrowing it further.
_OF_A_PLACE = {"saved", "after", "before", "end", "lane", "layout"}


class Asked:
    """What somebody asked the inbox for, with all that the answer rests on. `saved`: the view it came from, or None."""

    def __init__(self, request, query):
        self.request, self.sight = request, sight_of(request)
        there = kept(("active departments",), lambda: {department.pk: department for department in Department.objects.active()})
        self.seen = [pk for pk in there if pk in self.sight.departments]
        self.departments = [there[pk] for pk in self.seen]
        self.types = types_to_choose_from()
        has_fields = kept(("lists have fields",), lambda: fields_of_lists().exists())
        self.fields = fields_for_lists(request.user) if self.departments and has_fields else []
        self.known = known_stores(self.sight)
        self.panel = panel_of(self.sight, self.known)
        self.setup = self.panel.setup
        self.saved = self.panel.find(query.get("saved", ""))
        self.query = query_of(self.saved) if self.saved and set(query) <= _OF_A_PLACE else query
        self.choice = self.read(self.query, saved=self.saved and self.saved.pk)

    def read(self, query, *, saved=None):
        order = "" if saved else self.request.COOKIES.get(SORT_COOKIE, "")
        view = DEFAULT_VIEW if self.departments else "shared"
        return Choice.read(query, self.departments, self.types, view=view, fields=self.fields, kept=order, saved=saved)

    @property
    def is_changed(self):
        """Whether something else is on the screen than the view asks for."""
        return bool(self.saved) and self.choice.asked != self.read(query_of(self.saved), saved=self.saved.pk).asked

    def layout(self, search):
        """What was chosen for this list, else what came with the view. A board shows lists, not what was searched for."""
        asked = [self.request.GET.get("layout"), self.setup.layouts.get(self.choice.key), self.saved and self.saved.layout]
        layout = next((layout for layout in asked if layout in _ICONS), Layout.COMFORTABLE)
        return Layout.COMFORTABLE if layout == Layout.BOARD and search.wanted.terms else Layout(layout)

    @property
    def columns(self):
        return columns_chosen(self.setup.columns.get(self.choice.key), self.fields)


@require_safe
def inbox(request):
    """The lists of tickets. With neither a department nor a shared ticket there is nothing to list, and the page says whom to ask."""
    asked = Asked(request, request.GET)
    sight, choice = asked.sight, asked.choice
    if not asked.departments and not Ticket.objects.visible_to(sight).exists():
        return desk_page(request, "backoffice/tickets/no_access.html", {"granters": people_who_grant()[:5]})
    search = searching.search_of(choice.words, sight, asked.known)
    layout, columns, board = asked.layout(search), [], None
    if layout == Layout.BOARD:
        board = page = board_of(choice, sight, asked.departments, request.GET, search=search)
        tickets = board.cards
    else:
        columns = asked.columns if layout == Layout.DENSE else []
        more = {need for column in columns for need in column.needs}
        page = inbox_page(choice, sight, request.GET, search=search, more=sorted(more))
        tickets = page.rows
    dress(tickets, asked.known, asked.fields if layout == Layout.COMFORTABLE else ())  # only its rows have chips
    if search:
        searching.show_found(tickets, search)
    openable = sight.places_with(DepartmentRight.OPEN)
    context = {
        "choice": choice,
        "page": page,
        "has_rows": bool(tickets),
        "board": board,
        "columns": columns,
        "layout": layout,
        "layouts": _LAYOUTS,
        "panel": asked.panel,
        "saved": asked.saved,
        "may_change_saved": bool(asked.saved) and asked.panel.may_change(asked.saved),
        "is_changed": asked.is_changed,
        "search": search,
        "chips": searching.chips_of(search, choice),
        "filter_chips": [_chip(choice, name, value, sight) for name, value in choice.filters],
        "search_help": searching.help_rows,
        "departments": asked.departments,
        "department": next((department for department in asked.departments if department.pk == choice.department), None),
        "types": asked.types,
        "priorities": _PRIORITIES.items(),
        "narrowing": narrowing(choice, asked.fields),
        "priority_label": _PRIORITIES.get(choice.priority),
        "view_name": "" if choice.is_narrowed or asked.saved else choice.view,
        "desk_filters": _departments_of_rail(asked.seen, choice),
        "may_move": not request.viewer,
        "may_open": not openable.isdisjoint(asked.seen),
    }
    response = desk_page(request, "backoffice/tickets/inbox.html", context)
    _keep(response, LIST_COOKIE, choice.query[1:])
    if "sort" in request.GET and not choice.words and not asked.saved:
        _keep(response, SORT_COOKIE, kept_sorts(choice, request.COOKIES.get(SORT_COOKIE, "")))
    return response


def _chip(choice, name, value, sight):
    """(what it is called, its value in words or nothing, the address of the list without it)."""
    found = BY_NAME[name]
    return str(found.label), "" if found.is_switch else words_of(name, value, sight), choice.without(name).query


def _departments_of_rail(ids, choice):
    """[(id, whether this is its list)]"""
    current = choice.department_alone
    return [(pk, pk == current) for pk in ids]


def _keep(response, name, value):
    path = reverse("backoffice:inbox")
    response.set_cookie(name, value, max_age=YEAR, path=path, secure=settings.HTTPS, samesite="Lax", httponly=True)
