"""Customers: the list, one customer with everything staff should know, notes and warnings."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.customers.exporting import CustomersListing
from backoffice.customers.fields import held_by
from backoffice.customers.forms import CustomerNoteForm
from backoffice.customers.lists import menus
from backoffice.doors import customer_or_404, may_write_about, require
from backoffice.pages import desk_page, sight_of
from backoffice.tickets.forms import departments_to_open_in
from backoffice.tickets.lists import narrowing
from backoffice.tickets.rows import dress
from common.form_keys import claim_form
from common.paging import Section, page_at
from common.text import clean_line
from customers.finding import matching
from customers.services import add_customer_note
from notifications.models import Delivery
from tickets.covering import cover_ticket, known_stores
from tickets.models import Ticket

PAGE_SIZE = 50
TICKETS = 20
DELIVERIES = 10


@require_safe
def customers(request):
    """Everybody this person may know, by name. To whom customer data is closed there is no such page."""
    listing = CustomersListing(request.user, request.GET)
    listing.sight = sight_of(request)
    if not listing.is_open():
        raise Http404
    choice = listing.choice
    page = page_at(listing.sections, request.GET, size=PAGE_SIZE, address=choice.query)
    context = {
        "page": page,
        "words": choice.words,
        "choice": choice,
        "menus": menus(choice),
        "sorts": listing.sorts.items(),
        "departments": listing.departments,
        "narrowing": narrowing(choice, listing.choice_fields),
        "may_open": departments_to_open_in(request.user).exists(),
    }
    return desk_page(request, "backoffice/customers/list.html", context)


def customer_list(request, visible):
    """For a new ticket: the list with its search alone, each row leads to the ticket."""
    words = clean_line(request.GET.get("q", ""), 200)
    address = "?" + urlencode({"q": words} if words else {})
    page = page_at([Section("all", matching(visible, words), "name")], request.GET, size=PAGE_SIZE, address=address)
    context = {"page": page, "words": words, "for_ticket": True, "may_open": True}
    return desk_page(request, "backoffice/customers/list.html", context)


@require_safe
def customer(request, pk):
    found = customer_or_404(request.user, pk)
    return _show(request, found, CustomerNoteForm(auto_id="note_%s"))


def _show(request, found, form, *, status=200):
    sight = sight_of(request)
    known = known_stores(sight)
    tickets = Ticket.objects.visible_to(sight).filter(customer=found).for_inbox().with_unread_of(request.user)
    page = page_at([Section("all", tickets, "-last_message_at")], request.GET, size=TICKETS)
    context = {
        "customer": found,
        "page": page,
        "tickets": dress(page.rows, known),
        "held": held_by(found, request.user),
        "notes": list(found.notes.select_related("author")),
        "note_form": form,
        "may_write": may_write_about(request.user, found),
        "may_open": departments_to_open_in(request.user).exists(),
        "deliveries": _deliveries(sight, found, known),
    }
    return desk_page(request, "backoffice/customers/customer.html", context, status=status)


def _deliveries(sight, customer, known):
    """What we sent lately about tickets this person may see."""
    visible = Ticket.objects.visible_to(sight).filter(pk=OuterRef("ticket"))
    seen = Delivery.objects.filter(Exists(visible), customer=customer)
    deliveries = list(seen.select_related("ticket__customer").order_by("-created_at", "-pk")[:DELIVERIES])
    for delivery in deliveries:
        cover_ticket(delivery.ticket, known.mask(delivery.ticket))
    return deliveries


@require_POST
def notes(request, pk):
    """Keep a note or a warning about the customer."""
    found = customer_or_404(request.user, pk)
    require(may_write_about(request.user, found), _("You may not write about customers."))
    form = CustomerNoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _show(request, found, form, status=422)
    given = form.cleaned_data
    with transaction.atomic():
        sent = claim_form(form, request)
        if sent.is_first:
            add_customer_note(found, text=given["text"], is_warning=given["is_warning"], by=request.user)
            back = ("backoffice:ticket", given["ticket"]) if given["ticket"] else ("backoffice:customer", pk)
            sent.finish(reverse(back[0], args=[back[1]]))
            messages.success(request, _("The warning is kept.") if given["is_warning"] else _("The note is kept."))
    return redirect(sent.outcome_url)
