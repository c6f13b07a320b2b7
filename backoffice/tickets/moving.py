"""Moving a card of the board: to a status, or to the first status of a kind that its mover was given. The page is for those without script."""

from django.contrib import messages
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.doors import require
from backoffice.pages import menu_page, sight_of
from backoffice.templatetags.ticket_tables import CardWriter
from backoffice.tickets.board import MORE
from backoffice.tickets.forms import StatusForm
from backoffice.tickets.rows import dress
from backoffice.tickets.ways import find, to_list
from common.errors import DeskError
from common.templatetags.formats import isolate
from statuses.models import StatusKind
from tickets.covering import known_stores
from tickets.errors import ChangedMeanwhile, FieldsMissing
from tickets.models import Ticket
from tickets.services.lifecycle import change_status

BOARD = "ticket-board"


@require_http_methods(["GET", "HEAD", "POST"])
def lane(request, number):
    """The statuses it may be moved to; a POST moves it, unless it changed since its card was drawn."""
    ticket, can = find(request, number)
    if request.headers.get("X-Requested-With") == BOARD and request.method == "POST":
        return _by_script(request, ticket, can)
    require(can.can_change_status, _("You may not change the status in this department."))
    if request.method != "POST":
        return _choices(request, ticket, can)
    to, complaint = _target(request.POST, can)
    if to is None:
        return _choices(request, ticket, can, complaint)
    require(to.pk == ticket.status_id or can.decide_move(to), _("You may not move tickets to this status."))
    try:
        change_status(ticket, to=to, by=request.user, seen_version=_version(request.POST))
    except ChangedMeanwhile:
        messages.warning(request, _("Somebody changed this ticket meanwhile. Look at it as it is now, then decide."))
        return to_list(request)
    except FieldsMissing as refusal:
        return _choices(request, ticket, can, str(refusal), refusal.status_code)
    messages.success(request, _("The status is “%(status)s” now.") % {"status": isolate(to)})
    return to_list(request)


def _choices(request, ticket, can, complaint="", status=422):
    context = {"ticket": ticket, "statuses": can.open_statuses, "complaint": complaint}
    response = menu_page(
        request, "backoffice/tickets/lane.html", "backoffice/tickets/_lanes.html", context, refused=request.method == "POST"
    )
    if request.method == "POST":
        response.status_code = status
    return response


def _target(data, can):
    """(the status, nothing) or (None, what is wrong)."""
    if kind := data.get("kind", ""):
        if can.ticket.status.kind == kind:
            return can.ticket.status, ""
        found = next((status for status in can.open_statuses if status.kind == kind), None)
        if found is None and kind in StatusKind.values:
            return None, _("There is no status of this kind that you may move the ticket to.")
        return found, _("Choose a status.")
    form = StatusForm(data, access=can)
    return (form.cleaned_data["status"], "") if form.is_valid() else (None, form.complaint)


def _version(data):
    version = data.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None


def _by_script(request, ticket, can):
    """{"words": what was done, or why not; "card": as it stands now; "gone": whether it left the reader's sight}."""
    if not can.can_change_status:
        return JsonResponse({"words": _("You may not change the status in this department.")}, status=403)
    to, complaint = _target(request.POST, can)
    if to is None:
        return JsonResponse({"words": complaint}, status=422)
    if to.pk != ticket.status_id and not can.decide_move(to):
        return JsonResponse({"words": _("You may not move tickets to this status.")}, status=403)
    try:
        change_status(ticket, to=to, by=request.user, seen_version=_version(request.POST))
    except ChangedMeanwhile:
        words = _("Somebody changed this ticket meanwhile. Look at it as it is now, then decide.")
        return JsonResponse({"words": words, **_card(request, ticket)}, status=409)
    except DeskError as refusal:
        return JsonResponse({"words": str(refusal)}, status=refusal.status_code)
    return JsonResponse({"words": _("The status is “%(status)s” now.") % {"status": isolate(to)}, **_card(request, ticket)})


def _card(request, ticket):
    sight = sight_of(request)
    now = Ticket.objects.visible_to(sight).for_inbox(*MORE).with_unread_of(request.user).filter(pk=ticket.pk).first()
    if now is None:
        return {"card": "", "gone": True}
    dress([now], known_stores(sight))
    return {"card": CardWriter().card(now), "gone": False}
