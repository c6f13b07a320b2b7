"""The same done to several tickets, one behind the other, and undone again. Each has a transaction of its own and a result of its own."""

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import DeskError
from tickets.access import TicketAccess
from tickets.bulk import DEEDS
from tickets.covering import cover_ticket, mask_of
from tickets.errors import NoUndoing, TicketIsGone
from tickets.models import BulkResult, BulkRun, Outcome, Ticket

log = logging.getLogger(__name__)
#: How many tickets one run takes, so that a page never waits long for it.
MOST = 100
#: How long the results can be looked at.
KEPT_FOR = timedelta(days=7)


@transaction.atomic
def begin_run(deed, tickets, *, by, unknown=0, left_out=False):
    """Write down what is going to be done, to which tickets (ids, in their order). Nothing is done yet."""
    run = BulkRun.objects.create(user=by, deed=deed, unknown=unknown, left_out=left_out)
    BulkResult.objects.bulk_create([BulkResult(run=run, ticket_id=pk) for pk in tickets])
    return run


def carry_out(run, **given):
    """Do it to each ticket that was not reached yet. Call it outside of any transaction: what is done stays done."""
    deed = DEEDS[run.deed]
    for result in run.results.filter(outcome=Outcome.WAITING).order_by("pk"):
        _one(result, partial(_done, deed, given), run.user, refused=Outcome.REFUSED)


def _done(deed, given, result, ticket, can):
    change = deed.do(ticket, can, **given)
    if change is None:
        result.outcome = Outcome.SAME
    else:
        result.outcome = Outcome.DONE
        result.before, result.after = change


def undo_run(run, *, by):
    """Put back what nobody changed since, and say of the rest why not. Undoing twice changes nothing.

    Raises NoUndoing for somebody else's run, one that ended, and what cannot be taken back.
    """
    with transaction.atomic():
        run = BulkRun.objects.select_for_update(of=("self",)).select_related("user").get(pk=run.pk)
        if run.undone_at:
            return run
        if not may_undo(run, by):
            raise NoUndoing()
        run.undone_at = timezone.now()
        run.save(update_fields=["undone_at"])
    deed = DEEDS[run.deed]
    for result in run.results.filter(outcome=Outcome.DONE).order_by("-pk"):
        _one(result, partial(_undone, deed), run.user, refused=Outcome.KEPT)
    return run


def _undone(deed, result, ticket, can):
    deed.undo(ticket, can, result.before, result.after)
    result.outcome = Outcome.UNDONE


def may_undo(run, user):
    """Whether this person may undo the run now."""
    return run.user_id == user.pk and run.undone_at is None and DEEDS[run.deed].undo is not None and timezone.now() < run.undo_until


def _one(result, act, user, *, refused):
    """Act on the ticket of one result and store what became of it, together; where that fails, store why."""
    try:
        with transaction.atomic():
            act(result, *_ticket_and_access(result, user))
            result.save(update_fields=["outcome", "before", "after"])
            return
    except DeskError as refusal:
        words = str(refusal)
    except Exception:
        log.exception("bulk run %s failed at ticket %s", result.run_id, result.ticket_id)
        words = _("Something broke on our side. This ticket was left as it is.")
    result.outcome, result.words = refused, words[:400]
    result.save(update_fields=["outcome", "words"])


def _ticket_and_access(result, user):
    """The ticket as it is now, covered where its doer may not know the customer. What they do not see any more is gone for them."""
    ticket = Ticket.objects.kept().for_page().filter(pk=result.ticket_id).first()
    can = TicketAccess(user, ticket) if ticket else None
    if can is None or not can.can_view:
        raise TicketIsGone()
    return cover_ticket(ticket, mask_of(can)), can


def forget_runs():
    """Remove the runs nobody looks at any more. Returns how many rows went."""
    return BulkRun.objects.filter(done_at__lt=timezone.now() - KEPT_FOR).delete()[0]
