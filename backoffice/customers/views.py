"""Customers: the list, and one customer with everything staff should know."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from backoffice.customers.exporting import CustomersListing
from backoffice.customers.lists import menus
from backoffice.customers.page import CustomerPage
from backoffice.doors import customer_or_404
from backoffice.pages import desk_page, sight_of
from backoffice.tickets.forms import departments_to_open_in
from backoffice.tickets.lists import narrowing
from common.paging import Section, page_at
from common.text import clean_line
from customers.finding import matching

PAGE_SIZE = 50


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
    found = customer_or_404(sight_of(request), pk)
    if found.merged_into_id:
        return redirect("backoffice:customer", found.merged_into_id)
    return CustomerPage(request, found).show()
