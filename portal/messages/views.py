"""How a customer wants to hear from us: in which language, by which ways, when not, how often. For an account, and behind a ticket's link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from customers.models import Customer
from customers.services import customer_of, update_from_account
from notifications.wishes import wish
from notifications.wishes_form import WishesForm
from portal.customer import customer_before
from portal.reading import reading_as_customer
from portal.tickets.doors import link_door


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def own(request):
    """Who never asked anything has no row yet; it is made when they choose something."""
    customer = customer_before(request) or Customer(user=request.user, email=request.user.email or "", phone=request.user.phone or "")
    customer.user = request.user
    return _choices(request, customer, back=reverse("portal:profile"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def behind_link(request, token):
    """The link to one ticket is the right to say how its customer hears, as long as they have no account."""
    door = link_door(token, request.user)
    if door.ticket.customer.has_account:
        return redirect("portal:messages")
    if door.elsewhere(request):
        return redirect(door.elsewhere(request))
    with reading_as_customer(request, door.ticket):
        response = _choices(request, door.ticket.customer, back=door.page_url, door=door)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _choices(request, customer, *, back, door=None):
    form = WishesForm(request.POST if request.method == "POST" else None, customer=customer)
    if form.is_bound and form.is_valid():
        _keep(customer, form)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        return redirect(request.path)
    context = {"form": form, "back": back, "door": door, "ticket": door and door.ticket}
    return render(request, "portal/messages/choices.html", context, status=422 if form.is_bound else 200)


def _keep(customer, form):
    language = form.cleaned_data["language"]
    if account := customer.user:
        if account.language != language:
            account.language = language
            account.save(update_fields=["language"])
            update_from_account(account)
        customer = customer_of(account)
    elif customer.language != language:
        customer.language = language
        customer.save(update_fields=["language"])
    wish(customer, form.wishes)
