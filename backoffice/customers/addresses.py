"""“This address works again”: a member of staff knows better than the server from which a mail came back."""

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.customers.ways import go_back, to_manage
from backoffice.pages import sight_of
from common.text import clean_line
from notifications.addresses import declare_right, plain, states_of
from permissions.rights import StoreRight


def addresses_of(customer):
    """Every e-mail address by which this customer hears from us."""
    account = customer.user if customer.user_id else None
    return {plain(address) for address in (customer.email, account.email if account else "") if address}


def wrong_addresses_of(customer, sight):
    """[AddressState] of the customer's addresses from which mails came back, in the stores where this person may know customers."""
    stores = sight.places_with(StoreRight.VIEW_CUSTOMERS)
    return states_of(addresses_of(customer), sorted(stores)) if stores else []


@require_POST
def restoration(request, pk, state_pk):
    customer = to_manage(request, pk)
    stores = sight_of(request).places_with(StoreRight.MANAGE_CUSTOMERS)
    state = next((one for one in states_of(addresses_of(customer), sorted(stores)) if one.pk == state_pk), None)
    if state is None:
        raise Http404
    declare_right(state, by=request.user)
    messages.success(request, _("E-mails to this address leave again."))
    return go_back(customer, clean_line(request.POST.get("ticket", ""), 12))
