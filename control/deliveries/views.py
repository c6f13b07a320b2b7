"""Every message to a person: the list, the story of one, and what can be done about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from common.numbers import format_number
from common.paging import Section, page_at
from control.deliveries.asked import GROUPS, Asked
from control.deliveries.reading import messages_in, told
from notifications.choices import Channel, Reason, State, Template
from notifications.forms import OtherAddressForm
from notifications.health import gateways_of
from notifications.models import Delivery
from notifications.resending import MOST_AT_ONCE, retry_all, retry_delivery, send_to, stop_delivery
from notifications.shown import show_delivery
from notifications.still_right import may_send_elsewhere
from notifications.story import advice_for, shown_address, story_of
from tickets.access import TicketAccess

PAGE_SIZE = 50


@require_safe
def deliveries(request, store):
    asked = Asked.read(request.GET)
    rows = messages_in(asked, store, request.user).select_related("user", "customer")
    page = page_at([Section("messages", rows, "-created_at")], request.GET, size=PAGE_SIZE, address=asked.query)
    again = _number_to_try_again(asked, store, request.user)
    context = {
        "asked": asked, "page": page, "rows": told(page.rows, request.user, store), "again": again, "most": MOST_AT_ONCE,
        "states": [(key, words) for key, (words, _states) in GROUPS.items()] + State.choices,
        "channels": Channel.choices, "templates": Template.choices, "reasons": Reason.choices, "gateways": gateways_of(store),
    }  # fmt: skip
    return render(request, "control/deliveries/list.html", context)


def _number_to_try_again(asked, store, reader):
    """How many of the list may be tried again at once; no more are counted than are tried."""
    if not asked.is_of_one_reason:
        return 0
    return messages_in(asked, store, reader).filter(event__isnull=False)[:MOST_AT_ONCE].count()


@require_POST
def all_again(request, store):
    """Try all again that failed for the reason which the address names; the other filters count, too."""
    asked = Asked.read(request.POST)
    if not asked.is_of_one_reason:
        raise Http404
    number = retry_all(messages_in(asked, store, request.user), by=request.user)
    words = ngettext("%(number)s message is tried again.", "%(number)s messages are tried again.", number)
    messages.success(request, words % {"number": format_number(number)})
    return redirect(f"{reverse('control:deliveries')}{asked.query}")


@require_safe
def delivery(request, store, pk):
    return _page(request, store, _find(store, pk))


def _page(request, store, message, *, form=None, status=200):
    row = told([message], request.user, store)[0]
    may_redirect = row.ticket is not None and message.can_go_elsewhere and may_send_elsewhere(_access(request, row.ticket))
    context = {
        "row": row, "message": message, "advice": advice_for(message), "story": story_of(message, knows=row.knows),
        "form": (form or OtherAddressForm(region=store.phone_region)) if may_redirect else None,
        "repeats": [_other(one, row) for one in message.resent_as.order_by("pk")],
        "repeated": _other(message.resent_from, row) if message.resent_from else None,
        "shown": show_delivery(Delivery.objects.for_sending().get(pk=message.pk), viewer=request.user) if row.may_read_words else None,
    }  # fmt: skip
    return render(request, "control/deliveries/delivery.html", context, status=status)


def _other(message, row):
    """(id, address as the reader may know it) of a message that this one repeats, or that repeats it."""
    return message.pk, shown_address(message, is_open=row.knows)


def _access(request, ticket):
    return TicketAccess(request.user, ticket)


def _find(store, pk):
    found = Delivery.objects.filter(store=store, pk=pk).select_related("user", "customer__user", "resent_from", "store").first()
    if found is None:
        raise Http404
    return found


@require_POST
def sending(request, store, pk):
    message = _find(store, pk)
    if message.can_be_retried:
        retry_delivery(message, by=request.user)
        messages.success(request, _("It is sent once more."))
    else:
        messages.info(request, _("There is nothing to send again."))
    return redirect("control:delivery", pk)


@require_POST
def stopping(request, store, pk):
    if stop_delivery(_find(store, pk), by=request.user):
        messages.success(request, _("It does not leave."))
    else:
        messages.info(request, _("It is too late: it is being sent, or has left."))
    return redirect("control:delivery", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def address(request, store, pk):
    """Send it to another address: for who may answer the ticket and know its customer."""
    message = _find(store, pk)
    ticket = told([message], request.user, store)[0].ticket
    if ticket is None or not may_send_elsewhere(_access(request, ticket)):
        raise Http404
    if request.method != "POST":
        return redirect("control:delivery", pk)
    form = OtherAddressForm(request.POST, region=store.phone_region)
    if form.is_valid():
        try:
            again = send_to(message, form.cleaned_data["to"], form.channel, by=request.user)
        except DeskError as refusal:
            refusal.add_to(form)
        else:
            messages.success(request, _("It is sent to the other address."))
            return redirect("control:delivery", again.pk)
    return _page(request, store, message, form=form, status=422)
