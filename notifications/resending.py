"""What people have done about a message: try it again, send it to another address, stop it, call it dealt with.

Each is a step of its story that names the person. Whether they may is asked at the doors; at sending everything is asked again.
"""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.limits import limit_or_refuse
from notifications.choices import NOT_ARRIVED, Reason, State, Template
from notifications.ledger import record
from notifications.models import Delivery, DeliveryStep
from notifications.waking import wake

#: So many messages of one reason are tried again at once; the button may be pressed again.
MOST_AT_ONCE = 500
RESENDS, RESENDS_SECONDS = 20, 3600
#: The reason of a step by which a person said that nothing more is to be done.
DEALT_WITH = "dealt_with"


class CannotBeResent(DeskError):
    field = "to"
    message = _("This message cannot go to another address.")


class NoSuchText(DeskError):
    field = "to"
    message = _("There is no text for this way. Write an address of the same kind.")


@transaction.atomic
def retry_delivery(delivery, *, by):
    """Have a message sent again that failed, was stopped, or of which nobody knows. Others stay as they are."""
    delivery = _locked(delivery)
    if delivery.can_be_retried:
        _queue(delivery)
        record(delivery, State.QUEUED, by=by)
        wake([delivery.pk])
    return delivery


def _queue(delivery):
    delivery.state, delivery.attempts, delivery.next_try_at = State.QUEUED, 0, timezone.now()
    delivery.reason, delivery.remark, delivery.dealt_with_at, delivery.passed_over = "", "", None, []
    delivery.save(update_fields=["state", "attempts", "next_try_at", "reason", "remark", "dealt_with_at", "passed_over"])


@transaction.atomic
def retry_all(deliveries, *, by):
    """Have those of these sent again that failed, the newest first. Returns how many; never more than MOST_AT_ONCE.

    What may have arrived (an unknown outcome) is left to a person who asks first.
    """
    failed = deliveries.filter(state=State.FAILED, event__isnull=False).order_by("-created_at", "-pk").select_for_update(of=("self",))
    rows = list(failed[:MOST_AT_ONCE])
    now = timezone.now()
    for row in rows:
        row.state, row.attempts, row.next_try_at, row.dealt_with_at, row.passed_over = State.QUEUED, 0, now, None, []
    Delivery.objects.bulk_update(rows, ["state", "attempts", "next_try_at", "dealt_with_at", "passed_over"], batch_size=200)
    DeliveryStep.objects.bulk_create(
        DeliveryStep(delivery=row, store_id=row.store_id, channel=row.channel, through=row.through, at=now, state=State.QUEUED, by=by)
        for row in rows
    )
    wake([row.pk for row in rows])
    return len(rows)


@transaction.atomic
def send_to(delivery, address, channel, *, by):
    """Send the same news about the ticket to another address of its customer: a new message that names the one it repeats.

    The same address twice sends once. Raises CannotBeResent for what is secret or no customer's, TooManyRequests after a few in an hour.
    """
    delivery = _locked(delivery)
    if not delivery.can_go_elsewhere:
        raise CannotBeResent()
    if delivery.template == Template.ACTION and channel != delivery.channel:
        raise NoSuchText()
    key = f"{delivery.recipient_key.partition('+')[0]}+{hashlib.sha256(address.encode()).hexdigest()[:12]}"
    same = {"event": delivery.event_id, "template": delivery.template, "channel": channel, "recipient_key": key}
    if found := Delivery.objects.filter(**same).first():
        return found
    limit_or_refuse(f"resend:{by.pk}", RESENDS, RESENDS_SECONDS, _("Those were enough messages for now. Wait some minutes and try again."))
    again = Delivery.objects.create(
        template=delivery.template, channel=channel, store_id=delivery.store_id, ticket_id=delivery.ticket_id, event_id=delivery.event_id,
        customer_id=delivery.customer_id, recipient_key=key, address=address, language=delivery.language, context=delivery.context,
        resent_from=delivery,
    )  # fmt: skip
    record(again, State.QUEUED, by=by)
    Delivery.objects.filter(pk=delivery.pk, state__in=NOT_ARRIVED).update(dealt_with_at=timezone.now())
    wake([again.pk])
    return again


@transaction.atomic
def stop_delivery(delivery, *, by):
    """Keep a message from leaving that waits. One that a worker holds, or that left, stays as it is. True when it was stopped."""
    fields = {"state": State.DROPPED, "reason": Reason.STOPPED, "remark": "", "secret_context": ""}
    if not delivery.can_be_stopped or not Delivery.objects.filter(pk=delivery.pk, state=State.QUEUED).update(**fields):
        return False
    record(delivery, State.DROPPED, reason=Reason.STOPPED, by=by)
    return True


@transaction.atomic
def deal_with(delivery, *, by):
    """Nobody needs to be reminded any more that it did not arrive: the customer was told in another way. Twice keeps the first time."""
    waiting = Delivery.objects.filter(pk=delivery.pk, state__in=NOT_ARRIVED, dealt_with_at=None)
    if waiting.update(dealt_with_at=timezone.now()):
        DeliveryStep.objects.create(
            delivery=delivery, store_id=delivery.store_id, channel=delivery.channel, state=delivery.state, reason=DEALT_WITH, by=by
        )


def _locked(delivery):
    return Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
