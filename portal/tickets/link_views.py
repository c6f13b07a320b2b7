"""The conversation for whoever holds its signed link. The link is the right; it ends by itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.reading import reading_as_customer
from portal.tickets import acting, room
from portal.tickets.doors import Door, held_door, link_door
from portal.tickets.fields import fill_in
from tickets.links import number_behind
from tickets.models import Attachment
from tickets.serving import attachment_response


@require_safe
@login_not_required
@never_cache
def ticket(request, token):
    """Somebody who is signed in as the customer goes on at the ticket's own address."""
    if held_door(number_behind(token)):
        return redirect("portal:link_sent", token)
    door = link_door(token, request.user)
    if door.ticket.customer.has_account:
        door = Door(door.ticket, person=request.user)
        return redirect(door.elsewhere(request) or door.page_url)
    if door.elsewhere(request):
        return redirect(door.elsewhere(request))
    return _in_their_language(request, door, room.show)


@require_safe
@login_not_required
@never_cache
def sent(request, token):
    return _in_their_language(request, held_door(number_behind(token)) or link_door(token, request.user), room.show_sent)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def replies(request, token):
    return _in_their_language(request, link_door(token, request.user), room.reply)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def fields(request, token):
    return _in_their_language(request, link_door(token, request.user), fill_in)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def closure(request, token):
    return _in_their_language(request, link_door(token, request.user), room.close)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def action(request, token, pk):
    return _in_their_language(request, link_door(token, request.user), lambda request, door: acting.action(request, door, pk))


@require_safe
@login_not_required
def file(request, token, pk):
    return attachment_response(_attachment(request, token, pk))


@require_safe
@login_not_required
def thumbnail(request, token, pk):
    return attachment_response(_attachment(request, token, pk), thumbnail=True)


def _attachment(request, token, pk):
    """A file of the ticket the link opens; those of notes do not exist here."""
    messages = link_door(token, request.user).ticket.messages.shown_to_customer()
    attachment = Attachment.objects.known_to_customers().filter(message__in=messages, pk=pk).first()
    if attachment is None:
        raise Http404
    return attachment


def _in_their_language(request, door, act):
    with reading_as_customer(request, door.ticket):
        response = act(request, door)
        response.headers["Content-Language"] = get_language()
    response.headers["X-Robots-Tag"] = "noindex"
    return response
