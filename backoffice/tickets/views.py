"""Pages about tickets: one of them, and a new one written for a customer. Lists are in inbox.py."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.customers.forms import NewCustomerForm
from backoffice.customers.views import customer_list
from backoffice.doors import customers_visible_to, require, sees_nobody
from backoffice.pages import desk_page
from backoffice.tickets.forms import NewTicketForm, departments_to_open_in
from backoffice.tickets.page import TicketPage
from backoffice.tickets.ways import find
from common.errors import DeskError
from common.form_keys import claim_form
from common.numbers import local_digits
from customers.blocking import running_block
from customers.models import CustomerNote
from customers.names import reach_words
from customers.services import visitor
from tickets.choices import Source
from tickets.models import Ticket
from tickets.services.fields import write_values
from tickets.services.lifecycle import open_ticket


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
