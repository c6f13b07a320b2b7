"""What became of each of several tickets, failures first; and undoing all of it. Both are there for whoever did it, and nobody else."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from backoffice.pages import desk_page, sight_of
from backoffice.tickets.chosen import TITLES
from backoffice.tickets.lists import last_list
from backoffice.tickets.rows import dress
from common.errors import DeskError
from common.numbers import format_number
from tickets.bulk import DEEDS
from tickets.covering import known_stores
from tickets.models import BulkRun, Outcome, Ticket
from tickets.services.bulk import may_undo, undo_run

ORDER = [Outcome.REFUSED, Outcome.KEPT, Outcome.WAITING, Outcome.SAME, Outcome.DONE, Outcome.UNDONE]
TONES = {Outcome.REFUSED: "danger", Outcome.KEPT: "danger", Outcome.WAITING: "soon", Outcome.DONE: "ok"}


def _run_or_404(request, pk):
    run = BulkRun.objects.filter(user=request.user, pk=pk).first()
    if run is None or request.viewer:
        raise Http404
    return run


@require_safe
def results(request, pk):
    """A row for each ticket. One that has left this person's sight is counted and not named."""
    run = _run_or_404(request, pk)
    sight = sight_of(request)
    found = sorted(run.results.order_by("pk"), key=lambda result: ORDER.index(result.outcome))
    tickets = Ticket.objects.visible_to(sight).for_inbox().in_bulk([result.ticket_id for result in found])
    dress(tickets.values(), known_stores(sight))
    for result in found:
        result.seen, result.tone = tickets.get(result.ticket_id), TONES.get(result.outcome, "")
    context = {
        "run": run,
        "title": TITLES[run.deed],
        "results": found,
        "sentence": _sentence(run, found),
        "may_undo": may_undo(run, request.user) and any(result.outcome == Outcome.DONE for result in found),
        "can_undo": DEEDS[run.deed].undo is not None,
        "back": last_list(request),
    }
    return desk_page(request, "backoffice/tickets/bulk.html", context)


def _sentence(run, found):
    """How many of how many, in one sentence."""
    done = sum(result.outcome == (Outcome.UNDONE if run.undone_at else Outcome.DONE) for result in found)
    if run.undone_at:
        words = ngettext("Undone for %(done)s of %(number)s ticket.", "Undone for %(done)s of %(number)s tickets.", len(found))
    else:
        words = ngettext("Done for %(done)s of %(number)s ticket.", "Done for %(done)s of %(number)s tickets.", len(found))
    return words % {"done": format_number(done), "number": format_number(len(found))}


@require_POST
def undo(request, pk):
    """Undo all of it, as far as nobody changed it since."""
    run = _run_or_404(request, pk)
    try:
        undo_run(run, by=request.user)
    except DeskError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is undone, as far as nobody changed it since."))
    return redirect("backoffice:bulk_run", pk)
