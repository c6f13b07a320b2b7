"""Actions that are done by themselves, when a ticket has stood in their status for so long.

Each ticket is a transaction of its own, in which it is locked and looked at again: two clocks at once do it once, and one that
is killed leaves nothing half done. What cannot be done is written down and tried again later, so that it holds up nobody else.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from automations.models import TimedRun
from common.errors import DeskError
from statuses.models import Action, FiresSince
from tickets.models import Ticket
from tickets.services.actions import perform_action

log = logging.getLogger(__name__)

#: So often in a day one ticket is moved by the clock. What goes round in circles stands still then until tomorrow.
MOST_A_DAY = 12
DAY = timedelta(days=1)


def timed_actions():
    """All actions that the clock does, in the order of their statuses."""
    actions = Action.objects.kept().filter(fires_after_hours__isnull=False, status__archived_at=None)
    return actions.order_by("status_id", "position", "pk")


def due_tickets(action, *, now=None):
    """Tickets in the action's status that have stood there long enough, the longest first. The action may be one of a draft.

    Counted since the last message, and not before the ticket came into the status; or since it came there.
    """
    due = (now or timezone.now()) - timedelta(hours=action.fires_after_hours)
    tickets = Ticket.objects.kept().unmerged().filter(status=action.status_id, status_since__lte=due)
    if action.fires_since == FiresSince.LAST_MESSAGE:
        return tickets.filter(last_message_at__lte=due).order_by("last_message_at", "pk")
    return tickets.order_by("status_since", "pk")


def fire_due_actions(limit=200):
    """Do what is due, at most at so many tickets. Returns at how many it was done."""
    done = tried = 0
    for action in timed_actions():
        if tried >= limit:
            break
        for pk in list(_to_do(action).values_list("pk", flat=True)[: limit - tried]):
            tried += 1
            done += _fire(action, pk)
    return done


def _to_do(action):
    """Due tickets at which it was neither done in this stay, nor is to be tried later only."""
    now = timezone.now()
    runs = TimedRun.objects.filter(ticket=OuterRef("pk"), action=action, stay=OuterRef("status_since"))
    return due_tickets(action, now=now).exclude(Exists(runs.filter(Q(done_at__isnull=False) | Q(next_try_at__gt=now))))


def _fire(action, pk):
    """Do it at this ticket, if it still is due once everybody before us is through. Returns whether it was done."""
    try:
        with transaction.atomic():
            Ticket.objects.select_for_update().values_list("pk").filter(pk=pk).first()
            ticket = _to_do(action).filter(pk=pk).first()
            if ticket is None:
                return False
            if _moved_too_often(ticket):
                _note_refusal(ticket, action, "MovedTooOften", pause=DAY)
                return False
            stay = ticket.status_since
            perform_action(ticket, action)
            TimedRun.objects.update_or_create(
                ticket=ticket, action=action, stay=stay, defaults={"done_at": timezone.now(), "refusal": "", "next_try_at": None}
            )
            return True
    except DeskError as refusal:
        _note_failure(action, pk, refusal)
    except Exception as failure:
        log.exception("timed action %s at ticket %s failed; it is tried again later", action.pk, pk)
        _note_failure(action, pk, failure)
    return False


def _moved_too_often(ticket):
    return TimedRun.objects.filter(ticket=ticket, done_at__gt=timezone.now() - DAY).count() >= MOST_A_DAY


@transaction.atomic
def _note_failure(action, pk, failure):
    ticket = Ticket.objects.filter(pk=pk).first()
    if ticket is not None:
        _note_refusal(ticket, action, type(failure).__name__)


def _note_refusal(ticket, action, why, *, pause=None):
    """Why it was not done (a code), and when it is tried again: after an hour, then after longer and longer, at most a day."""
    run, _is_new = TimedRun.objects.get_or_create(ticket=ticket, action=action, stay=ticket.status_since)
    run.tries += 1
    run.refusal = why[:60]
    run.next_try_at = timezone.now() + (pause or min(timedelta(hours=2 ** min(run.tries - 1, 5)), DAY))
    run.save(update_fields=["tries", "refusal", "next_try_at"])
    log.warning("timed action %s was not done at ticket %s: %s", action.pk, ticket.number, why)
