"""What became of a message to the customer: its story, and what who answers can do about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.ways import address, find, go_back
from common.errors import DeskError
from notifications.choices import Template
from notifications.forms import OtherAddressForm
from notifications.models import Delivery
from notifications.resending import deal_with, retry_delivery, send_to, stop_delivery
from notifications.shown import show_delivery
from notifications.still_right import may_send_elsewhere
from notifications.story import advice_for, shown_address, story_of


def find_message(request, number, pk):
    """(ticket, its access, the message); what went to staff is not for others to read."""
    ticket, can = find(request, number)
    message = Delivery.objects.for_ticket(ticket).to_customer().filter(pk=pk).select_related("customer__user").first()
    if message is None:
        raise Http404
    return ticket, can, message


@require_safe
def delivery(request, number, pk):
    return _page(request, *find_message(request, number, pk))


def _page(request, ticket, can, message, *, form=None, status=200):
    knows = not ticket.mask.covers
    if form is None and message.can_go_elsewhere and may_send_elsewhere(can):
        form = OtherAddressForm(region=ticket.store.phone_region)
    context = {
        "ticket": ticket, "can": can, "message": message, "form": form, "advice": advice_for(message),
        "about": Template(message.template).label, "address": shown_address(message, is_open=knows), "may_read_words": True,
        "story": story_of(message, knows=knows),
        "repeats": [(one.pk, shown_address(one, is_open=knows)) for one in message.resent_as.order_by("pk")],
        "shown": show_delivery(Delivery.objects.for_sending().get(pk=message.pk), viewer=request.user),
    }  # fmt: skip
    return desk_page(request, "backoffice/tickets/delivery.html", context, status=status)


def _find_to_change(request, number, pk):
    ticket, can, message = find_message(request, number, pk)
    require(can.can_reply, _("You may not answer in this department."))
    return ticket, can, message


@require_POST
def sending(request, number, pk):
    """Have a message that failed sent again."""
    _ticket, _can, message = _find_to_change(request, number, pk)
    if message.can_be_retried:
        retry_delivery(message, by=request.user)
        messages.success(request, _("It is sent once more."))
    else:
        messages.info(request, _("There is nothing to send again."))
    return go_back(request, number)


@require_POST
def stopping(request, number, pk):
    _ticket, _can, message = _find_to_change(request, number, pk)
    if stop_delivery(message, by=request.user):
        messages.success(request, _("It does not leave."))
    else:
        messages.info(request, _("It is too late: it is being sent, or has left."))
    return go_back(request, number)


@require_POST
def dealing(request, number, pk):
    """The customer was told in another way: nobody needs to be reminded."""
    _ticket, _can, message = _find_to_change(request, number, pk)
    deal_with(message, by=request.user)
    messages.success(request, _("Nobody is reminded of it any more."))
    return go_back(request, number)


@require_http_methods(["GET", "HEAD", "POST"])
def other_address(request, number, pk):
    """Send it to another address of the customer."""
    ticket, can, message = _find_to_change(request, number, pk)
    require(may_send_elsewhere(can), _("For another address one must be allowed to know the customer."))
    if request.method != "POST":
        return redirect("backoffice:delivery", number, pk)
    form = OtherAddressForm(request.POST, region=ticket.store.phone_region)
    if form.is_valid():
        try:
            send_to(message, form.cleaned_data["to"], form.channel, by=request.user)
        except DeskError as refusal:
            refusal.add_to(form)
        else:
            messages.success(request, _("It is sent to the other address."))
            return redirect(address(number))
    return _page(request, ticket, can, message, form=form, status=422)
