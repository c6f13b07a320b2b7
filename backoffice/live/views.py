"""What open pages ask: to be told what is new, or to be told now; and who else has a ticket open."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.doors import require
from backoffice.live.hub import hub
from backoffice.live.looking import MOST_NUMBERS, event_before, news_since
from backoffice.live.streams import Stream
from backoffice.pages import sight_of
from backoffice.tickets.ways import find
from common.limits import limit_or_refuse
from notifications.services import mark_notices_read
from tickets.models import Ticket
from tickets.services.lifecycle import mark_read
from tickets.services.visiting import end_visit, note_visit, visitors_of

#: A page that was drawn longer ago loads everything anew anyway.
OLDEST_SECONDS = 600
NO_STREAM = b'event: end\ndata: {"why": "none"}\n\n'
#: Twenty open pages that all say so, and their readers begin and end to write. (how many, in how many seconds)
BEATS = (300, 60)
PAGE = re.compile(r"[a-z0-9]{8,32}")


@require_safe
@never_cache
def live(request):
    """The stream. Where there is none to be had it says so and ends; then the page asks every now and then instead."""
    _require_own_page(request)
    place, sight = getattr(request, "scope", {}).get("live"), sight_of(request)
    ticket = _ticket_before(sight, request.GET.get("ticket"))
    response = HttpResponse(content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    if place is None or request.viewer or request.method == "HEAD" or hub.is_full_for(request.user.pk):
        response.content = NO_STREAM
        return response
    place.append(
        Stream(
            user=request.user.pk,
            session=request.session.session_key,
            sight=sight,
            since=_since(request),
            ticket=ticket and ticket[0],
            number=ticket[1] if ticket else "",
            token=get_token(request),
        )
    )
    return response


@require_safe
@never_cache
def news(request):
    """The same facts once, for a page that gets no stream."""
    _require_own_page(request)
    sight = sight_of(request)
    ticket = _ticket_before(sight, request.GET.get("ticket"))
    found = news_since(sight, _since(request))
    numbers = sorted(place.number for pk, place in found.places.items() if pk in found.events)
    facts = {
        "you": request.user.pk,
        # For the forms of a page whose reader signed in again: those they had are refused since.
        "token": get_token(request),
        "latest": found.latest,
        "numbers": numbers[:MOST_NUMBERS],
        "many": found.is_many or len(numbers) > MOST_NUMBERS,
        "writers": {},
    }
    if ticket:
        facts["event"] = found.events.get(ticket[0])
    if not request.viewer:
        for pk, people in found.visits.items():
            writers = [here.name for here in people if here.is_writing and here.user != request.user.pk]
            if writers:
                facts["writers"][found.places[pk].number] = writers
    return JsonResponse(facts)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def visits(request, number):
    """Who else has the ticket open, as a part of its page. By POST the page says that it is open itself, and how far it was read."""
    ticket, _can = find(request, number)
    if request.method == "POST":
        limit_or_refuse(f"visits:{request.user.pk}", *BEATS)
        page, doing = request.POST.get("page", ""), request.POST.get("doing", "")
        if not PAGE.fullmatch(page) or doing not in {"reading", "writing", "gone"}:
            raise BadRequest("a page says which one it is, and what is done on it")
        if doing == "gone":
            end_visit(ticket, page=page, by=request.user)
            return HttpResponse(status=204)
        note_visit(ticket, page=page, is_writing=doing == "writing", by=request.user)
        _mark_seen(request, ticket, request.POST.get("seen", ""))
    visitors = [] if request.viewer else visitors_of(ticket, besides=request.user)
    return render(request, "backoffice/tickets/_visitors.html", {"visitors": visitors})


def _mark_seen(request, ticket, seen):
    """The end of the talk was before their eyes, as far as this event: it is read, and so is what the bell said of it."""
    if not (ticket.is_unread or ticket.has_news) or _number(seen) is None:
        return
    if _number(seen) >= (ticket.events.order_by("-pk").values_list("pk", flat=True).first() or 0):
        if ticket.is_unread:
            mark_read(ticket, by=request.user, until=ticket.last_message_at)
        if ticket.has_news:
            mark_notices_read(request.user, ticket=ticket)


def _ticket_before(sight, number):
    """(id, number) of the ticket of the page that asks; None where it asks for none. What its reader does not see is a 404."""
    if number is None:
        return None
    ticket = Ticket.objects.visible_to(sight).filter(number=number).values_list("pk", "number").first() if _is_slug(number) else None
    if ticket is None:
        raise Http404
    return ticket


def _is_slug(number):
    return re.fullmatch(r"[-a-zA-Z0-9_]{1,32}", number)


def _since(request):
    """The last event the page knows; of a page that was just drawn, the last one before it."""
    since = _number(request.headers.get("Last-Event-ID") or request.GET.get("since", ""))
    if since is not None:
        return since
    age = _number(request.GET.get("age", ""))
    return event_before(min(age if age is not None else 0, OLDEST_SECONDS) + 2)


def _number(words):
    return int(words) if words.isascii() and words.isdigit() and len(words) < 19 else None


def _require_own_page(request):
    """Only our own pages listen. A browser says where a question comes from; other programs have no session of somebody else's."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    is_own = site in {None, "same-origin", "none"} and (origin is None or urlsplit(origin).netloc == request.get_host())
    require(is_own, _("Another site may not listen here."))
