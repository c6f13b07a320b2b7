"""Pages about tickets: the inbox, one ticket, and a new one written for a customer."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.customers.forms import NewCustomerForm
from backoffice.customers.views import customer_list
from backoffice.doors import customers_visible_to, require, sees_nobody
from backoffice.pages import desk_page, sight_of
from backoffice.tickets import searching
from backoffice.tickets.forms import NewTicketForm, departments_to_open_in
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
from backoffice.tickets.page import TicketPage
from backoffice.tickets.rows import dress
from backoffice.tickets.ways import find
from common.errors import DeskError
from common.form_keys import claim_form
from common.numbers import local_digits
from customers.blocking import running_block
from customers.models import CustomerNote
from customers.names import reach_words
from customers.services import visitor
from departments.models import Department
from departments.request_types import types_to_choose_from
from permissions.querysets import people_who_grant
from permissions.rights import DepartmentRight
from tickets.choices import Priority, Source
from tickets.covering import known_stores
from tickets.models import Ticket
from tickets.services.fields import write_values
from tickets.services.lifecycle import open_ticket

DENSITY_COOKIE = "desk_density"
YEAR = 365 * 24 * 3600


@require_safe
def inbox(request):
    """The lists of tickets. With neither a department nor a shared ticket there is nothing to list, and the page says whom to ask."""
    sight = sight_of(request)
    departments = list(Department.objects.active().filter(pk__in=sight.departments).annotate(has_fields=Exists(fields_of_lists())))
    if not departments and not Ticket.objects.visible_to(sight).exists():
        return desk_page(request, "backoffice/tickets/no_access.html", {"granters": people_who_grant()[:5]})
    types = types_to_choose_from()
    fields = fields_for_lists(request.user) if departments and departments[0].has_fields else []
    kept = request.COOKIES.get(SORT_COOKIE, "")
    choice = Choice.read(request.GET, departments, types, view=DEFAULT_VIEW if departments else "shared", fields=fields, kept=kept)
    known = known_stores(sight)
    search = searching.search_of(choice.words, sight, known)
    page = inbox_page(choice, sight, request.GET, search=search)
    dress(page.rows, known, fields)
    if search:
        searching.show_found(page.rows, search)
    density = request.GET.get("density") or request.COOKIES.get(DENSITY_COOKIE)
    openable = sight.places_with(DepartmentRight.OPEN)
    context = {
        "choice": choice,
        "page": page,
        "search": search,
        "chips": searching.chips_of(search, choice),
        "search_help": searching.help_rows(),
        "dense": density == "dense",
        "departments": departments,
        "department": next((department for department in departments if department.pk == choice.department), None),
        "types": types,
        "priorities": Priority.choices,
        "narrowing": narrowing(choice, fields),
        "priority_label": dict(Priority.choices).get(choice.priority),
        "view_name": "" if choice.is_narrowed else choice.view,
        "desk_filters": [
            {
                "url": f"{reverse('backoffice:inbox')}{Choice('open', department.pk).query}",
                "icon": department.icon,
                "name": str(department.name),
                "count": str(department.pk),
                "current": choice.is_of(department),
            }
            for department in departments
        ],
        "may_open": any(department.pk in openable for department in departments),
    }
    response = desk_page(request, "backoffice/tickets/inbox.html", context)
    _keep(response, LIST_COOKIE, choice.query[1:])
    if density in {"dense", "comfortable"} and "density" in request.GET:
        _keep(response, DENSITY_COOKIE, density)
    if "sort" in request.GET and not choice.words:
        _keep(response, SORT_COOKIE, kept_sorts(choice, kept))
    return response


def _keep(response, name, value):
    path = reverse("backoffice:inbox")
    response.set_cookie(name, value, max_age=YEAR, path=path, secure=settings.HTTPS, samesite="Lax", httponly=True)


@require_safe
def ticket(request, number):
    return TicketPage(request, *find(request, number)).show()


@require_http_methods(["GET", "HEAD", "POST"])
def new_ticket(request):
    """A ticket in a customer's name: first who, found or new, then what."""
    require(departments_to_open_in(request.user).exists(), _("You may not open tickets in any department."))
    customers = customers_visible_to(request.user)
    require(not sees_nobody(customers), _("You may not see customer data, which a ticket for a customer needs."))
    chosen = request.GET.get("customer", "")
    customer = customers.filter(pk=chosen).first() if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
    if customer is None and "new" not in request.GET:
        return customer_list(request, customers)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = NewTicketForm(data, files, user=request.user, store=request.store)
    person = None if customer else NewCustomerForm(data, user=request.user, store=request.store)
    if data is not None and _both_valid(form, person):
        try:
            return redirect(_open(request, form, person, customer))
        except DeskError as refusal:
            refusal.add_to(form)
    context = {"form": form, "person": person, "customer": customer, "reach": reach_words(customer) if customer else ""}
    if customer:
        context["block_now"] = running_block(customer)
        context["warnings"] = CustomerNote.objects.about(customer).filter(is_warning=True)
    return desk_page(request, "backoffice/tickets/new.html", context, status=200 if data is None else 422)


def _both_valid(form, person):
    # Both are looked at, so that all mistakes are said at once.
    valid = form.is_valid()
    return (person is None or person.is_valid()) and valid


@transaction.atomic
def _open(request, form, person, customer):
    """Open the ticket once, however often the form is sent. Returns where to go."""
    sent = claim_form(form, request)
    if not sent.is_first:
        return sent.outcome_url
    given = form.cleaned_data
    department = given["department"]
    opened = open_ticket(
        store=department.stores.filter(pk=request.store.pk).first() or department.stores.first() or request.store,
        department=department,
        customer=customer or visitor(**person.cleaned_data),
        subject=given["subject"],
        text=given["text"],
        files=given["files"],
        priority=given["priority"],
        request_type=given.get("request_type"),
        by=request.user,
        source=Source.DESK,
    )
    write_values(opened, form.values_for(department), by=request.user, record_event=False)
    url = reverse("backoffice:inbox")
    if Ticket.objects.visible_to(request.user).filter(pk=opened.pk).exists():
        url = reverse("backoffice:ticket", args=[opened.number])
    sent.finish(url)
    messages.success(request, _("Ticket %(number)s is open, and the customer is told.") % {"number": local_digits(opened.number)})
    return url
