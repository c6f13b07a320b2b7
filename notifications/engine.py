"""One attempt to send one message: claim the row, ask again whether it should leave, send, write down how it went.

The claim is a conditional update with a lease, so of many workers one has it. What a killed worker held is found by the sweep
when the lease ends. Sending ends before the lease does, and the result is only written by the attempt that holds the row.
"""

import logging
import random
import threading
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.kept import mark_read_once
from notifications import lanes, mail, sms_sending
from notifications.choices import Channel, Reason, State
from notifications.gathering import guard_flood
from notifications.ledger import record
from notifications.mail_account import lane_of as mail_lane_of
from notifications.models import Delivery
from notifications.outcomes import NoLongerWanted, NotYet, PermanentFailure, TemporaryFailure, UnknownOutcome
from notifications.pauses import MAX_ATTEMPTS, PAUSES
from notifications.push import sending as push
from notifications.still_right import guard_still_right
from notifications.ways import not_before

log = logging.getLogger(__name__)

# So many codes may overtake what a worker was asked for, so that it gets to that too.
MOST_AT_ONCE = 10

_is_stopping = threading.Event()


def begin_nothing_more():
    """This worker was told to stop: it ends what it is sending, and leaves the rest to the next one."""
    _is_stopping.set()


def deliver(pk):
    """Try to send this row, if it is due and nobody else has it. True when it was ours to try."""
    if _is_stopping.is_set():
        return False
    waiting = Delivery.objects.filter(pk=pk, state=State.QUEUED).values_list("channel", "store").first()
    if waiting is None:
        return False
    with mark_read_once():
        lane = lane_of(*waiting)
        with lanes.place_in(lane) as is_free:
            delivery = claim(pk) if is_free else None
            if delivery:
                _try(delivery, lane)
            return delivery is not None


def deliver_at_once():
    """Send the codes that wait, whatever else the worker was asked for: somebody sits and looks at an empty field."""
    for pk in Delivery.objects.at_once().order_by("next_try_at").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        deliver(pk)


def lane_of(channel, store_id):
    """The server behind the message, as far as it is known before it is tried. An SMS chooses its gateway, and so its lane, when it is sent."""
    if channel == Channel.SMS:
        return None
    return mail_lane_of(store_id) if channel == Channel.MAIL else channel


def _try(delivery, lane):
    try:
        provider_id = _send(delivery)
    except UnknownOutcome as outcome:
        _settle(delivery, state=State.UNKNOWN, reason=outcome.reason, remark=outcome.remark)
        lanes.note_failure(lane)
    except TemporaryFailure as failure:
        put_off(delivery, failure)
        lanes.note_failure(lane, server_is_away=failure.reason == Reason.UNREACHABLE)
    except NotYet as wait:
        _settle(delivery, state=wait.state, next_try_at=wait.until, reason=wait.reason, remark=wait.remark, attempts=delivery.attempts - 1)
    except NoLongerWanted as outcome:
        _settle(delivery, state=State.DROPPED, reason=outcome.reason, remark=outcome.remark)
    except PermanentFailure as failure:
        _settle(delivery, state=State.FAILED, reason=failure.reason, remark=failure.remark)
        lanes.note_success(lane)
    except Exception:
        log.exception("delivery %s could not be written or sent", delivery.pk)
        put_off(delivery, TemporaryFailure(Reason.BROKEN))
    else:
        _settle(delivery, state=State.SENT, sent_at=timezone.now(), provider_id=provider_id)
        lanes.note_success(lane)


def deliver_told(event_ids):
    """Have everything sent that waits about these events, each row as a task of its own: a silent gateway must not delay a mail.

    A single one is sent here and now.
    """
    from notifications.waking import hand_over  # it names the tasks that call this module

    pks = list(Delivery.objects.due().filter(event__in=event_ids).order_by("pk").values_list("pk", flat=True))
    hand_over(pks[1:])
    if pks:
        deliver(pks[0])


def claim(pk):
    """The row with everything its words need, when this call made it ours; else None."""
    now = timezone.now()
    lease = timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    ours = Delivery.objects.due(now).filter(pk=pk).update(state=State.SENDING, lease_until=now + lease, attempts=F("attempts") + 1)
    return Delivery.objects.for_sending().get(pk=pk) if ours else None


def _send(delivery):
    if delivery.expires_at and delivery.expires_at < timezone.now():
        raise NoLongerWanted(Reason.TOO_LATE)
    guard_still_right(delivery)
    guard_time(delivery)
    if delivery.channel == Channel.SMS:
        return sms_sending.send(delivery)
    if delivery.channel == Channel.PUSH:
        return push.send(delivery)
    return mail.send(delivery)


def guard_time(delivery):
    """Raises NotYet while it is quiet where its reader lives, or while they get more mails of its kind than anybody reads."""
    if until := not_before(delivery):
        raise NotYet(until, reason=Reason.QUIET)
    guard_flood(delivery)


def put_off(delivery, failure):
    """Try again after a pause that grows, or give up when there were enough attempts. The reason stays readable meanwhile."""
    if delivery.attempts >= MAX_ATTEMPTS:
        _settle(delivery, state=State.FAILED, reason=failure.reason, remark=failure.remark)
        return
    # Spread, so that a server that comes back does not meet all of them at once.
    pause = max(PAUSES[delivery.attempts - 1] * random.uniform(0.8, 1.2), timedelta(seconds=failure.after))  # noqa: S311
    _settle(delivery, state=State.QUEUED, next_try_at=timezone.now() + pause, reason=failure.reason, remark=failure.remark)


def _settle(delivery, *, state, reason="", remark="", **fields):
    """Write how the attempt ended and its step of the story, unless the lease ended first and the row is somebody else's now."""
    if state not in {State.GATHERED, State.QUEUED, State.SENDING}:
        fields["secret_context"] = ""
    ours = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)
    fields |= {"state": state, "reason": reason, "remark": remark[:200], "lease_until": None, "through": delivery.through}
    with transaction.atomic():
        if ours.update(**fields):
            record(delivery, state, reason=reason, remark=remark)
            if state == State.FAILED or reason == Reason.OVER_LIMIT and state == State.DROPPED:
                sms_sending.go_by_mail(delivery)
