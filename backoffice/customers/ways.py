"""Where every deed about a customer begins and ends: the customer, the right to it, and the way back."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.doors import customer_or_404, customers_visible_to, may_write_about, require, sees_nobody
from customers.errors import CustomerIsGone


def to_manage(request, pk):
    """The customer, for somebody who may manage customers where this one wrote; 404 for whom they may not know, else 403."""
    found = customer_or_404(request.user, pk)
    if found.is_gone:
        raise CustomerIsGone()
    require(may_write_about(request.user, found), _("You may not manage customers here: that takes a right of its own."))
    return found


def customers_or_404(user):
    """All customers this person may know. To whom customer data is closed there are none, and no such page."""
    visible = customers_visible_to(user)
    if sees_nobody(visible):
        raise Http404
    return visible


def way_back(customer, ticket=""):
    """To the ticket a form was opened from, else to the customer."""
    return reverse("backoffice:ticket", args=[ticket]) if ticket else reverse("backoffice:customer", args=[customer.pk])


def go_back(customer, ticket=""):
    return redirect(way_back(customer, ticket))
